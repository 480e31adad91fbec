package dev.sluice.sftp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Which versions of SFTP a client speaks.
 *
 * @param offered named in the first packet; some servers refuse or mistake more than 3
 * @param highest selected after that when the server lists it
 */
@RecordBuilder
public record SftpVersions(SftpVersion offered, SftpVersion highest)
    implements SftpVersionsBuilder.With {
  /** Version 3, which servers of today speak best. */
  public static final SftpVersions DEFAULT = only(SftpVersion.V3);

  public SftpVersions {
    if (!highest.atLeast(offered)) {
      throw new IllegalArgumentException(offered + " is offered, and " + highest + " the highest");
    }
  }

  /** Offers this version at once, and no other. */
  public static SftpVersions only(SftpVersion version) {
    return new SftpVersions(version, version);
  }
}
