package dev.sluice.server.config;

import dev.sluice.sftp.SftpServerLimits;
import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpServerUploads;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SymlinkArguments;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Settings of SFTP; the records are those of the library.
 *
 * @param limits what is taken from a client
 * @param highestVersion spoken with clients that offer it or more: v3 to v6
 * @param uploads how files come into being
 * @param symlinks which of its two paths a SYMLINK names first: by_client, target_first, link_first
 */
@RecordBuilder
public record SftpConfig(
    @Key("what is taken from a client") SftpServerLimits limits,
    @Key("spoken with clients that offer it or more: v3 to v6") SftpVersion highestVersion,
    @Key("how files come into being") SftpServerUploads uploads,
    @Key("which of its two paths a SYMLINK names first: by_client, target_first, link_first")
        SymlinkArguments symlinks)
    implements SftpConfigBuilder.With {
  /** The defaults of the library. */
  public static final SftpConfig DEFAULT = of(SftpServerSettings.DEFAULT);

  private static SftpConfig of(SftpServerSettings settings) {
    return new SftpConfig(
        settings.limits(), settings.highestVersion(), settings.uploads(), settings.symlinks());
  }
}
