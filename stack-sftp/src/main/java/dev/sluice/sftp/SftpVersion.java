package dev.sluice.sftp;

import java.util.Optional;

/** A version of the protocol: draft-ietf-secsh-filexfer-02 (3), -04 (4), -05 (5), -13 (6). */
public enum SftpVersion {
  V3(3),
  V4(4),
  V5(5),
  V6(6);

  private final int number;

  SftpVersion(int number) {
    this.number = number;
  }

  /** The version with this number on the wire; empty = one that is not spoken here. */
  public static Optional<SftpVersion> of(long number) {
    for (SftpVersion version : values()) {
      if (version.number == number) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  public int number() {
    return number;
  }

  public boolean atLeast(SftpVersion other) {
    return number >= other.number;
  }
}
