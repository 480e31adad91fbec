package dev.sluice.tls.core;

import dev.sluice.api.SessionClosed;
import dev.sluice.tls.session.MissingCloseNotify;
import java.util.function.BooleanSupplier;

/** The end of what the peer sends, as the connection shows it; only the peer's word is orderly. */
final class InputEnd {
  private final boolean dangerouslyAllowTruncation;
  private boolean reached;

  InputEnd(boolean dangerouslyAllowTruncation) {
    this.dangerouslyAllowTruncation = dangerouslyAllowTruncation;
  }

  void reached() {
    reached = true;
  }

  /**
   * Whether the stream ends here although the peer has not said so.
   *
   * @param open whether the handshake is over
   * @param recordsWait whether records have arrived that nobody has asked for yet: they may hold
   *     the peer's word
   * @throws SessionClosed when that is not tolerated
   */
  boolean isTolerated(boolean open, BooleanSupplier recordsWait) {
    if (!reached) {
      return false;
    }
    if (!open) {
      throw new SessionClosed("the connection ended during the TLS handshake");
    }
    if (recordsWait.getAsBoolean()) {
      return false;
    }
    if (!dangerouslyAllowTruncation) {
      throw new MissingCloseNotify();
    }
    return true;
  }
}
