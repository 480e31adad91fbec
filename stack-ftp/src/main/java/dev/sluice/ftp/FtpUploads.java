package dev.sluice.ftp;

import dev.sluice.api.TemporaryName;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How files are written.
 *
 * @param atomic writes a replaced or new file under another name and renames it when it is
 *     complete, so that nothing partial is ever seen under the final name; {@code
 *     WriteMode.inPlace()} does without for one file
 * @param temporaryName what the file is called until then
 */
@RecordBuilder
public record FtpUploads(boolean atomic, TemporaryName temporaryName)
    implements FtpUploadsBuilder.With {
  /** Atomic, as {@link TemporaryName#DEFAULT}. */
  public static final FtpUploads DEFAULT = new FtpUploads(true, TemporaryName.DEFAULT);
}
