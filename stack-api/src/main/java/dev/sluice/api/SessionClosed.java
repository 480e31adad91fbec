package dev.sluice.api;

import org.jspecify.annotations.Nullable;

/**
 * The session has ended and cannot carry out the request any more. A protocol with more details
 * about the end adds them in a subclass.
 */
public non-sealed class SessionClosed extends TransferException {
  private static final long serialVersionUID = 1L;

  public SessionClosed(String message) {
    super(message, null);
  }

  public SessionClosed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
