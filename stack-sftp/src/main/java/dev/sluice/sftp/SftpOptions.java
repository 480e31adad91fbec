package dev.sluice.sftp;

import dev.sluice.api.TemporaryName;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.SshOptions;
import java.time.Duration;

/**
 * How an {@link SftpClient} behaves. Immutable; start from {@link #DEFAULT}.
 *
 * @param ssh the connection below
 * @param versions what is spoken; servers of today speak 3 best
 * @param requestTime the longest wait for the answer to one request
 * @param flow how much is under way
 * @param uploads how files are written
 * @param symlinks how SYMLINK is laid out
 */
public record SftpOptions(
    SshOptions ssh,
    Versions versions,
    Duration requestTime,
    Flow flow,
    Uploads uploads,
    SymlinkOrder symlinks) {
  private static final int LEAST_CHUNK = 1024;
  private static final int MOST_CHUNK = 255 * 1024;

  public static final SftpOptions DEFAULT =
      new SftpOptions(
          SshOptions.DEFAULT,
          new Versions(SftpVersion.V3, SftpVersion.V3),
          Duration.ofSeconds(60),
          new Flow(MOST_CHUNK, 2 << 20, 32 << 20),
          new Uploads(false, false, TemporaryName.DEFAULT),
          SymlinkOrder.BY_SERVER);

  /**
   * What is spoken.
   *
   * @param offered named in the first packet; some servers refuse or mistake more than 3
   * @param highest selected behind that when the server lists it
   */
  public record Versions(SftpVersion offered, SftpVersion highest) {
    public Versions {
      if (!highest.atLeast(offered)) {
        throw new IllegalArgumentException(
            offered + " is offered, and " + highest + " the highest");
      }
    }
  }

  /**
   * How much is under way.
   *
   * @param chunk octets of one READ or WRITE at most; the server's limits lower it
   * @param window octets of one transfer that are under way at first
   * @param mostWindow octets of one transfer that are under way at most, and memory that it takes
   */
  public record Flow(int chunk, long window, long mostWindow) {
    public Flow {
      if (chunk < LEAST_CHUNK || chunk > MOST_CHUNK) {
        throw new IllegalArgumentException("chunk: " + chunk);
      }
      if (window < chunk || mostWindow < window) {
        throw new IllegalArgumentException("window: " + window + " to " + mostWindow);
      }
    }
  }

  /**
   * How files are written.
   *
   * @param removeThenRename whether a file is replaced in two steps where the server has no step
   *     for it: for a moment there is none, and what fails in between leaves none
   * @param synced whether a file counts as written, and takes its name, only when it is on stable
   *     storage, where the server offers fsync@openssh.com
   * @param temporaryName what a file is called until it is complete
   */
  public record Uploads(boolean removeThenRename, boolean synced, TemporaryName temporaryName) {}

  public SftpOptions withSsh(SshOptions options) {
    return new SftpOptions(options, versions, requestTime, flow, uploads, symlinks);
  }

  /** Offers {@code highest} at once. */
  public SftpOptions withVersion(SftpVersion highest) {
    return withVersions(highest, highest);
  }

  public SftpOptions withVersions(SftpVersion offered, SftpVersion highest) {
    Versions newVersions = new Versions(offered, highest);
    return new SftpOptions(ssh, newVersions, requestTime, flow, uploads, symlinks);
  }

  public SftpOptions withRequestTime(Duration longest) {
    return new SftpOptions(ssh, versions, longest, flow, uploads, symlinks);
  }

  public SftpOptions withChunk(int octets) {
    return withFlow(new Flow(octets, flow.window, flow.mostWindow));
  }

  public SftpOptions withWindow(long first, long most) {
    return withFlow(new Flow(flow.chunk, first, most));
  }

  public SftpOptions withRemoveThenRename(boolean allowed) {
    return withUploads(new Uploads(allowed, uploads.synced, uploads.temporaryName));
  }

  public SftpOptions withSynced(boolean synced) {
    return withUploads(new Uploads(uploads.removeThenRename, synced, uploads.temporaryName));
  }

  /** The name a file has until it is complete. */
  public SftpOptions withTemporaryName(TemporaryName name) {
    return withUploads(new Uploads(uploads.removeThenRename, uploads.synced, name));
  }

  public SftpOptions withSymlinks(SymlinkOrder order) {
    return new SftpOptions(ssh, versions, requestTime, flow, uploads, order);
  }

  private SftpOptions withFlow(Flow newFlow) {
    return new SftpOptions(ssh, versions, requestTime, newFlow, uploads, symlinks);
  }

  private SftpOptions withUploads(Uploads newUploads) {
    return new SftpOptions(ssh, versions, requestTime, flow, newUploads, symlinks);
  }
}
