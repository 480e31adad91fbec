package dev.sluice.sftp;

/**
 * Which path a SYMLINK of versions 3 to 5 names first, for a server. The drafts have that of the
 * new link, OpenSSH and those who follow it the target (OpenSSH PROTOCOL section 4.1).
 */
public enum SymlinkArguments {
  /** As the client's program, by its SSH identification, is known to send it. */
  BY_CLIENT,
  TARGET_FIRST,
  LINK_FIRST
}
