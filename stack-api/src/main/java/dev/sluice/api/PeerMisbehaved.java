package dev.sluice.api;

import org.jspecify.annotations.Nullable;

/**
 * The peer broke a rule of the protocol; the message names the rule and what was received. A
 * protocol that tells the peer why it leaves adds its code in a subclass.
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
