package dev.sluice.sftp;

/**
 * Which path a SYMLINK of versions 3 to 5 names first, for a server. In the drafts it is the path
 * of the new link; in OpenSSH, and programs that follow it, it is the target (OpenSSH PROTOCOL
 * section 4.1).
 */
public enum SymlinkArguments {
  /** In the order that the client's program, judged by its SSH identification, is known to use. */
  BY_CLIENT,
  TARGET_FIRST,
  LINK_FIRST
}
