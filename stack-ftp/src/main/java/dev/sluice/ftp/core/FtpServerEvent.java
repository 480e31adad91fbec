package dev.sluice.ftp.core;

import dev.sluice.ftp.command.FtpCommand;

/** What a client asked of {@link FtpServerCore}. */
public sealed interface FtpServerEvent {

  /** Carry this out, then call {@link FtpServerCore#complete}: nothing else is executed before. */
  record Requested(FtpCommand command) implements FtpServerEvent {}

  /** Answer this with {@link FtpServerCore#answer} without touching what runs (NOOP, STAT). */
  record Inquired(FtpCommand command) implements FtpServerEvent {}

  /** Cut what runs short and complete it: an ABOR waits for that. */
  record Interrupted() implements FtpServerEvent {}

  /** A line was refused without being carried out. */
  record Refused(String request, int code) implements FtpServerEvent {}
}
