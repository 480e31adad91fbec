package dev.sluice.tls.core;

import dev.sluice.api.TimedOut;
import dev.sluice.transport.ProtocolCore;
import java.time.Duration;

/** How long a handshake may take, from the first tick. */
final class HandshakeDeadline {
  private final Duration limit;
  private long nanos = ProtocolCore.NO_DEADLINE;
  private boolean started;

  HandshakeDeadline(Duration limit) {
    this.limit = limit;
  }

  /** Throws {@link TimedOut} at the first tick after the deadline. */
  void tick(long nowNanos) {
    if (!started) {
      started = true;
      nanos = nowNanos + limit.toNanos();
    }
    if (nanos != ProtocolCore.NO_DEADLINE && nowNanos - nanos >= 0) {
      nanos = ProtocolCore.NO_DEADLINE;
      throw new TimedOut("TLS handshake", limit);
    }
  }

  /** The handshake is over. */
  void met() {
    started = true;
    nanos = ProtocolCore.NO_DEADLINE;
  }

  long nanos() {
    return nanos;
  }
}
