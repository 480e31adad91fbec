package dev.sluice.tls.core;

import dev.sluice.api.SessionClosed;
import dev.sluice.tls.session.MissingCloseNotify;
import java.util.function.BooleanSupplier;

/**
 * The end of the peer's stream as the connection shows it; only a close_notify is an orderly end.
 */
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
   * Whether the stream ends here although the peer has sent no close_notify.
   *
   * @param open whether the handshake is over
   * @param recordsWait whether records have arrived that nobody has asked for yet: a close_notify
   *     may be among them
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
