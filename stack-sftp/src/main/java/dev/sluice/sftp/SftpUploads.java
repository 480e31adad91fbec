package dev.sluice.sftp;

import dev.sluice.api.TemporaryName;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How a client writes files.
 *
 * @param removeThenRename whether a file is replaced in two steps where the server has no step for
 *     it: for a moment there is none, and what fails in between leaves none
 * @param synced whether a file counts as written, and takes its name, only when it is on stable
 *     storage, where the server offers fsync@openssh.com
 * @param temporaryName what a file is called until it is complete
 */
@RecordBuilder
public record SftpUploads(boolean removeThenRename, boolean synced, TemporaryName temporaryName)
    implements SftpUploadsBuilder.With {
  /** One step, not synced. */
  public static final SftpUploads DEFAULT = new SftpUploads(false, false, TemporaryName.DEFAULT);
}
