package dev.sluice.sftp;

import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.Storage;
import dev.sluice.ssh.server.SshServer;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * All settings of an {@link dev.sluice.sftp.server.SftpServer}, to be read; the server has a method
 * to change each.
 *
 * @param ssh accepts the connections below; see {@link SshServer#settings}
 * @param storage where the files are; null = not set
 * @param hostKeys where host keys are, besides those of {@code ssh}; null = nowhere
 * @param limits what is taken from a client
 * @param highestVersion spoken with clients that offer it or more
 * @param uploads how files come into being
 * @param symlinks which of its two paths a SYMLINK names first
 * @param observer hears what happens in the sessions
 */
@RecordBuilder
public record SftpServerSettings(
    SshServer ssh,
    @Nullable Storage storage,
    @Nullable HostKeyDirectory hostKeys,
    SftpServerLimits limits,
    SftpVersion highestVersion,
    SftpServerUploads uploads,
    SymlinkArguments symlinks,
    SessionObserver observer)
    implements SftpServerSettingsBuilder.With {
  /** Port 22 of every address, with no keys, no files and no users. */
  public static final SftpServerSettings DEFAULT =
      new SftpServerSettings(
          SshServer.create(),
          null,
          null,
          SftpServerLimits.DEFAULT,
          SftpVersion.V6,
          SftpServerUploads.DEFAULT,
          SymlinkArguments.BY_CLIENT,
          SessionObserver.NONE);
}
