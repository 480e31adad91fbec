package dev.sluice.api;

import org.jspecify.annotations.Nullable;

/**
 * The two sides do not agree on how connections are protected: the protection is too weak for one
 * of them, or a data connection does not resume the control connection's session.
 */
public final class ProtectionRefused extends TransferException {
  private static final long serialVersionUID = 1L;

  public ProtectionRefused(String message) {
    super(message, null);
  }

  public ProtectionRefused(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
