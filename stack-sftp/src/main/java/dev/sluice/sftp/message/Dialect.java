package dev.sluice.sftp.message;

import dev.sluice.sftp.SftpVersion;

/**
 * What the layout of packets depends on.
 *
 * @param version as negotiated
 * @param symlinkAsDrafted whether SYMLINK carries the new link's path first, as in the drafts;
 *     OpenSSH and programs that follow it send the target first (OpenSSH PROTOCOL section 4.1)
 */
public record Dialect(SftpVersion version, boolean symlinkAsDrafted) {

  /** A version, with SYMLINK as in OpenSSH. */
  public static Dialect of(SftpVersion version) {
    return new Dialect(version, false);
  }

  boolean since(SftpVersion first) {
    return version.atLeast(first);
  }
}
