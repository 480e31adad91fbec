package dev.sluice.sftp;

import dev.sluice.sftp.message.SftpVersion;
import dev.sluice.ssh.SshOptions;
import java.time.Duration;

/**
 * How an {@link SftpClient} behaves. Immutable; start from {@link #DEFAULT}.
 *
 * @param ssh the connection below
 * @param version the highest that is spoken; servers of today speak 3 best
 * @param requestTime the longest wait for the answer to one request
 * @param chunk octets of one READ or WRITE at most; the server's limits lower it
 * @param window octets of one transfer that are under way at first
 * @param mostWindow octets of one transfer that are under way at most, and memory that it takes
 * @param removeThenRename whether a file is replaced in two steps where the server has no step for
 *     it: for a moment there is none, and what fails in between leaves none
 * @param symlinkAsDrafted whether the server takes SYMLINK as the drafts have it, and not in the
 *     order of OpenSSH
 */
public record SftpOptions(
    SshOptions ssh,
    SftpVersion version,
    Duration requestTime,
    int chunk,
    long window,
    long mostWindow,
    boolean removeThenRename,
    boolean symlinkAsDrafted) {
  private static final int LEAST_CHUNK = 1024;
  private static final int MOST_CHUNK = 255 * 1024;

  public static final SftpOptions DEFAULT =
      new SftpOptions(
          SshOptions.DEFAULT,
          SftpVersion.V3,
          Duration.ofSeconds(60),
          MOST_CHUNK,
          2 << 20,
          32 << 20,
          false,
          false);

  public SftpOptions {
    if (chunk < LEAST_CHUNK || chunk > MOST_CHUNK) {
      throw new IllegalArgumentException("chunk: " + chunk);
    }
    if (window < chunk || mostWindow < window) {
      throw new IllegalArgumentException("window: " + window + " to " + mostWindow);
    }
  }

  public SftpOptions withSsh(SshOptions options) {
    return new SftpOptions(
        options,
        version,
        requestTime,
        chunk,
        window,
        mostWindow,
        removeThenRename,
        symlinkAsDrafted);
  }

  public SftpOptions withVersion(SftpVersion highest) {
    return new SftpOptions(
        ssh, highest, requestTime, chunk, window, mostWindow, removeThenRename, symlinkAsDrafted);
  }

  public SftpOptions withRequestTime(Duration longest) {
    return new SftpOptions(
        ssh, version, longest, chunk, window, mostWindow, removeThenRename, symlinkAsDrafted);
  }

  public SftpOptions withChunk(int octets) {
    return new SftpOptions(
        ssh, version, requestTime, octets, window, mostWindow, removeThenRename, symlinkAsDrafted);
  }

  public SftpOptions withWindow(long first, long most) {
    return new SftpOptions(
        ssh, version, requestTime, chunk, first, most, removeThenRename, symlinkAsDrafted);
  }

  public SftpOptions withRemoveThenRename(boolean allowed) {
    return new SftpOptions(
        ssh, version, requestTime, chunk, window, mostWindow, allowed, symlinkAsDrafted);
  }

  public SftpOptions withSymlinkAsDrafted(boolean drafted) {
    return new SftpOptions(
        ssh, version, requestTime, chunk, window, mostWindow, removeThenRename, drafted);
  }
}
