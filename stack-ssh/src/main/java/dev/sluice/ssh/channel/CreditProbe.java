package dev.sluice.ssh.channel;

/**
 * Measures the path by the credit of a window: the first octet that the peer can have sent only on
 * a grant has come one round trip after it.
 */
final class CreditProbe {
  private final RoundTrip roundTrip;
  private long received;
  private long limit = Long.MAX_VALUE; // none is under way
  private long grantedNanos;

  CreditProbe(RoundTrip roundTrip) {
    this.roundTrip = roundTrip;
  }

  void received(long octets, long nowNanos) {
    received += octets;
    if (received > limit) {
      limit = Long.MAX_VALUE;
      roundTrip.sample(grantedNanos, nowNanos);
    }
  }

  /**
   * More is granted now.
   *
   * @param credit octets that the peer could send without it
   */
  void granted(long credit, long nowNanos) {
    if (limit == Long.MAX_VALUE) {
      limit = received + credit;
      grantedNanos = nowNanos;
    }
  }
}
