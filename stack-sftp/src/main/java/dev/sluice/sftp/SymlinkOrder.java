package dev.sluice.sftp;

/**
 * Which path comes first in SYMLINK: OpenSSH has it otherwise than the drafts (its PROTOCOL, 4.1).
 */
public enum SymlinkOrder {
  /** As servers that identify themselves so are known to have it; OpenSSH's for all others. */
  BY_SERVER,
  /** What the link points to, as OpenSSH has it. */
  TARGET_FIRST,
  /** The new link, as the drafts have it. */
  LINK_FIRST
}
