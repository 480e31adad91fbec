package dev.sluice.api;

import org.jspecify.annotations.Nullable;

/**
 * The session has ended, so what was asked cannot be done in it any more. A protocol that has more
 * to say of the end adds it in a subclass.
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
