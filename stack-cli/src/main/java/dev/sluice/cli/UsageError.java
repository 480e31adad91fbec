package dev.sluice.cli;

/** The command was called in a way that cannot work. */
final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageError(String message) {
    super(message);
  }
}
