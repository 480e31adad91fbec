package dev.sluice.cli;

/** The reader of the output has gone: the command ends without a message, as other programs do. */
final class ClosedPipe extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClosedPipe(Throwable cause) {
    super("nobody reads any more", cause);
  }
}
