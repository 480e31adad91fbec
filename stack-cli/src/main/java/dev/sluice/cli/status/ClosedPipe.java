package dev.sluice.cli.status;

/** The reader of the output has gone: the command ends without a message, as other programs do. */
public final class ClosedPipe extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClosedPipe(Throwable cause) {
    super("nobody reads any more", cause);
  }
}
