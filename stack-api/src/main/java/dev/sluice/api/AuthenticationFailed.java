package dev.sluice.api;

import org.jspecify.annotations.Nullable;

/** The peer did not accept our identity. */
public final class AuthenticationFailed extends TransferException {
  private static final long serialVersionUID = 1L;

  public AuthenticationFailed(String message) {
    super(message, null);
  }

  public AuthenticationFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
