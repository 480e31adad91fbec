package dev.sluice.api;

/**
 * A file was written completely and has its final name, but a requested time, mode or other
 * attribute could not be set. Nothing is lost: a caller that can do without the attribute treats
 * this as success. {@link #cause()} holds the tree's answer.
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
