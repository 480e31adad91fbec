package dev.sluice.api;

import org.jspecify.annotations.Nullable;

/**
 * We do not accept who the peer says it is: its certificate or its host key. Nothing was sent. A
 * protocol that has more to say adds it in a subclass.
 */
public non-sealed class PeerUntrusted extends TransferException {
  private static final long serialVersionUID = 1L;

  public PeerUntrusted(String message) {
    super(message, null);
  }

  public PeerUntrusted(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
