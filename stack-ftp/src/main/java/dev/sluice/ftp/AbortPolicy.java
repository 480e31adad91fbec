package dev.sluice.ftp;

/** How a transfer is cut short. */
public enum AbortPolicy {
  /** ABOR as a plain command. */
  COMMAND,
  /** ABOR after the Telnet codes IP and Data Mark, in line (RFC 959 section 4.1.3). */
  INTERRUPT,
  /** No command: the client closes the data connection and waits for the reply to that. */
  CLOSE_DATA
}
