package dev.sluice.api;

/**
 * A file was written whole and stands under its name, but a time, a mode or another attribute that
 * was asked for could not be set. Nothing is lost: a caller that can do without the attribute
 * treats this as success. {@link #cause()} says what the tree answered.
 */
public final class AttributesRefused extends TransferException {
  private static final long serialVersionUID = 1L;

  private final FileFailure cause;

  public AttributesRefused(RemotePath path, FileFailure cause) {
    super(
        RawName.escape(path.toString())
            + " is complete, but its attributes were not set: "
            + cause.getMessage(),
        cause);
    this.cause = cause;
  }

  /** Why the attributes were not set. */
  public FileFailure cause() {
    return cause;
  }
}
