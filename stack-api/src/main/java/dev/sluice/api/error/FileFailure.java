package dev.sluice.api.error;

import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import org.jspecify.annotations.Nullable;

/** A file, a directory or a name refused; the session goes on. */
public final class FileFailure extends TransferException {
  private static final long serialVersionUID = 1L;

  private final FileError error;

  public FileFailure(FileError error, String message) {
    this(error, message, null);
  }

  public FileFailure(FileError error, String message, @Nullable Throwable cause) {
    super(error + ": " + message, cause);
    this.error = error;
  }

  public FileFailure(FileError error, RemotePath path, String detail) {
    this(error, RawName.escape(path.toString()) + ": " + detail, null);
  }

  public FileError error() {
    return error;
  }
}
