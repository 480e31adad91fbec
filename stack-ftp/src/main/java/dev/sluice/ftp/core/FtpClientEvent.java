package dev.sluice.ftp.core;

import dev.sluice.ftp.FtpReply;

/** What a client's control connection reports, in the order in which it happened. */
public sealed interface FtpClientEvent {

  /** The server is ready: its 220. */
  record Greeted(FtpReply reply) implements FtpClientEvent {}

  /** A 1yz reply to the command in progress; its final reply follows. */
  record Started(FtpReply reply) implements FtpClientEvent {}

  /** A restart marker (110) in the middle of a transfer. */
  record MarkerReceived(FtpReply reply) implements FtpClientEvent {}

  /** The final reply to the command in progress. */
  record Answered(FtpReply reply) implements FtpClientEvent {}

  /** Nothing is outstanding: the next command may be sent. */
  record Settled() implements FtpClientEvent {}
}
