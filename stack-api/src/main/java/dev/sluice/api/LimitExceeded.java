package dev.sluice.api;

import org.jspecify.annotations.Nullable;

/** A limit of this library was passed; the message names it, its value and how to set it. */
public final class LimitExceeded extends TransferException {
  private static final long serialVersionUID = 1L;

  public LimitExceeded(String message) {
    super(message, null);
  }

  public LimitExceeded(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
