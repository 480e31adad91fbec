package dev.sluice.sftp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How files come into being on a server.
 *
 * @param atomic whether a new or replaced file shows under its name only once it is closed, so that
 *     an upload that is cut leaves nothing there; a client that uses the name meanwhile, as sshfs
 *     does, has it from then on. Files that are changed in place always show
 * @param umask permission bits that new files and directories do not get, up to version 5
 */
@RecordBuilder
public record SftpServerUploads(boolean atomic, int umask)
    implements SftpServerUploadsBuilder.With {
  public static final SftpServerUploads DEFAULT = new SftpServerUploads(false, 022);

  public SftpServerUploads {
    if (umask < 0 || umask > 0777) {
      throw new IllegalArgumentException("umask " + Integer.toOctalString(umask));
    }
  }
}
