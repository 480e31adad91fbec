package dev.sluice.api;

import org.jspecify.annotations.Nullable;

/**
 * We do not accept the peer's identity: its certificate or its host key. Nothing was sent. A
 * protocol with more details adds them in a subclass.
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
