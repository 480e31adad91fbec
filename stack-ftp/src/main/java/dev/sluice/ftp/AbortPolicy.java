package dev.sluice.ftp;

/** How a transfer is cut short. */
public enum AbortPolicy {
  /** ABOR as a plain command. */
  COMMAND,
  /** ABOR behind the Telnet codes IP and Data Mark, in line (RFC 959 section 4.1.3). */
  INTERRUPT,
  /** No command: the data connection is closed and the reply to that awaited. */
  CLOSE_DATA
}
