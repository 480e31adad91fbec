package dev.sluice.sftp;

/** Which path comes first in SYMLINK: OpenSSH differs from the drafts (its PROTOCOL, 4.1). */
public enum SymlinkOrder {
  /** The order known for servers with this identification; OpenSSH's order for all others. */
  BY_SERVER,
  /** What the link points to, as in OpenSSH. */
  TARGET_FIRST,
  /** The new link, as in the drafts. */
  LINK_FIRST
}
