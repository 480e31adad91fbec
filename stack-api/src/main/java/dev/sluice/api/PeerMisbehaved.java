package dev.sluice.api;

import org.jspecify.annotations.Nullable;

/**
 * The peer broke a rule of the protocol; the message names the rule and the input. A protocol that
 * reports the reason to the peer adds its code in a subclass.
 */
public non-sealed class PeerMisbehaved extends TransferException {
  private static final long serialVersionUID = 1L;

  public PeerMisbehaved(String message) {
    super(message, null);
  }

  public PeerMisbehaved(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
