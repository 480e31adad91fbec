package dev.sluice.sftp;

import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.SshServerOptions;

/**
 * The settings of an {@link SftpServer}. Immutable; start from {@link #DEFAULT}.
 *
 * @param ssh those of the connections below
 * @param limits what is taken from clients
 * @param highestVersion spoken with clients that offer it or more
 * @param uploads how files come into being
 * @param symlinks which of its two paths a SYMLINK names first
 */
public record SftpServerOptions(
    SshServerOptions ssh,
    Limits limits,
    SftpVersion highestVersion,
    Uploads uploads,
    Symlinks symlinks) {
  public static final SftpServerOptions DEFAULT =
      new SftpServerOptions(
          SshServerOptions.DEFAULT,
          Limits.DEFAULT,
          SftpVersion.V6,
          Uploads.DEFAULT,
          Symlinks.BY_CLIENT);

  /**
   * What is taken from clients.
   *
   * @param packet octets of the longest packet, 34,000 at least
   * @param read octets that one READ yields at most
   * @param handles that one session may have open
   * @param requests received and not answered, beyond which no more are read
   * @param waiting octets of requests and of answers, beyond which no more are read
   */
  public record Limits(int packet, int read, int handles, int requests, int waiting) {
    private static final int LEAST_PACKET = 34_000;
    private static final int READ_OVERHEAD = 1024;
    private static final int DEFAULT_PACKET = 256 * 1024;

    public static final Limits DEFAULT =
        new Limits(DEFAULT_PACKET, DEFAULT_PACKET - READ_OVERHEAD, 1024, 256, 2 * 1024 * 1024);

    public Limits {
      if (packet < LEAST_PACKET || read < 1 || handles < 1 || requests < 1 || waiting < 1) {
        throw new IllegalArgumentException(
            "packet %d, read %d, handles %d, requests %d, waiting %d"
                .formatted(packet, read, handles, requests, waiting));
      }
    }

    public Limits withHandles(int most) {
      return new Limits(packet, read, most, requests, waiting);
    }

    public Limits withRequests(int most, int mostOctets) {
      return new Limits(packet, read, handles, most, mostOctets);
    }
  }

  /**
   * How files come into being.
   *
   * @param atomic whether a new or replaced file shows under its name only once it is closed, so
   *     that an upload that is cut leaves nothing there; a client that uses the name meanwhile, as
   *     sshfs does, has it from then on. Files that are changed in place always show
   * @param umask permission bits that new files and directories do not get, up to version 5
   */
  public record Uploads(boolean atomic, int umask) {
    public static final Uploads DEFAULT = new Uploads(false, 022);
  }

  /**
   * Which path a SYMLINK of versions 3 to 5 names first. The drafts have that of the new link,
   * OpenSSH and those who follow it the target (OpenSSH PROTOCOL section 4.1).
   */
  public enum Symlinks {
    /** As the client's program, by its SSH identification, is known to send it. */
    BY_CLIENT,
    TARGET_FIRST,
    LINK_FIRST
  }

  public SftpServerOptions withSsh(SshServerOptions newSsh) {
    return new SftpServerOptions(newSsh, limits, highestVersion, uploads, symlinks);
  }

  public SftpServerOptions withLimits(Limits newLimits) {
    return new SftpServerOptions(ssh, newLimits, highestVersion, uploads, symlinks);
  }

  public SftpServerOptions withHighestVersion(SftpVersion version) {
    return new SftpServerOptions(ssh, limits, version, uploads, symlinks);
  }

  public SftpServerOptions withUploads(Uploads newUploads) {
    return new SftpServerOptions(ssh, limits, highestVersion, newUploads, symlinks);
  }

  public SftpServerOptions withSymlinks(Symlinks order) {
    return new SftpServerOptions(ssh, limits, highestVersion, uploads, order);
  }
}
