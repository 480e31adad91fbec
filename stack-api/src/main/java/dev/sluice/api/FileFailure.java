package dev.sluice.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operation on a file, a directory or a name was refused; the session continues. */
public final class FileFailure extends TransferException {
  private static final long serialVersionUID = 1L;

  private final FileError error;
  private final String detail;
  private final transient @Nullable RemotePath path;

  public FileFailure(FileError error, String detail) {
    this(error, detail, null);
  }

  public FileFailure(FileError error, String detail, @Nullable Throwable cause) {
    this(error, null, detail, cause);
  }

  public FileFailure(FileError error, RemotePath path, String detail) {
    this(error, path, detail, null);
  }

  private FileFailure(
      FileError error, @Nullable RemotePath path, String detail, @Nullable Throwable cause) {
    super(
        error + ": " + (path == null ? "" : RawName.escape(path.toString()) + ": ") + detail,
        cause);
    this.error = error;
    this.path = path;
    this.detail = detail;
  }

  public FileError error() {
    return error;
  }

  /** The path, if the failure is about one name; as the tree names it. */
  public Optional<RemotePath> path() {
    return Optional.ofNullable(path);
  }

  /** The message without the error and the path. */
  public String detail() {
    return detail;
  }

  /** The same failure under the more precise error {@code named}. */
  public FileFailure as(FileError named) {
    return named == error ? this : new FileFailure(named, path, detail, this);
  }

  /** The same failure about {@code other}: the name that the caller knows. */
  public FileFailure of(RemotePath other) {
    return new FileFailure(error, other, detail, this);
  }
}
