package dev.sluice.ssh.channel;

/**
 * Measures the round trip of the path by window credit: the first octet that the peer could send
 * only because of a grant arrives one round trip after that grant.
 */
final class CreditProbe {
  private final RoundTrip roundTrip;
  private long received;
  private long limit = Long.MAX_VALUE; // no probe is under way
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
   * More credit is granted now.
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
