package dev.sluice.cli;

/** Nobody reads what is written any more: the command ends without a word, as programs do. */
final class ClosedPipe extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClosedPipe(Throwable cause) {
    super("nobody reads any more", cause);
  }
}
