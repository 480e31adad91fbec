package dev.sluice.sftp;

import dev.sluice.api.observe.SessionObserver;
import dev.sluice.ssh.client.SshClient;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * All settings of an {@link dev.sluice.sftp.client.SftpClient}, to be read; the client has a method
 * to change each.
 *
 * @param ssh makes the connection below; see {@link SshClient#settings}
 * @param versions what is spoken
 * @param requestTime the longest wait for the answer to one request
 * @param flow how much is under way
 * @param uploads how files are written
 * @param symlinks how SYMLINK is laid out
 * @param observer hears what happens in the sessions
 */
@RecordBuilder
public record SftpClientSettings(
    SshClient ssh,
    SftpVersions versions,
    Duration requestTime,
    SftpFlow flow,
    SftpUploads uploads,
    SymlinkOrder symlinks,
    SessionObserver observer)
    implements SftpClientSettingsBuilder.With {
  public SftpClientSettings {
    if (requestTime.isZero() || requestTime.isNegative()) {
      throw new IllegalArgumentException("requestTime must be positive: " + requestTime);
    }
  }

  /** The defaults, over connections that {@code ssh} makes. */
  public static SftpClientSettings over(SshClient ssh) {
    return new SftpClientSettings(
        ssh,
        SftpVersions.DEFAULT,
        Duration.ofSeconds(60),
        SftpFlow.DEFAULT,
        SftpUploads.DEFAULT,
        SymlinkOrder.BY_SERVER,
        SessionObserver.NONE);
  }
}
