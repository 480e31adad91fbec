package dev.sluice.api.error;

import org.jspecify.annotations.Nullable;

/** We do not accept who the peer says it is: its certificate or its host key. Nothing was sent. */
public final class PeerUntrusted extends TransferException {
  private static final long serialVersionUID = 1L;

  public PeerUntrusted(String message) {
    super(message, null);
  }

  public PeerUntrusted(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
