package dev.sluice.ssh.channel;

/**
 * The first message on a channel answers our OPEN, or our confirmation, without which the peer does
 * not know the channel's number. Either way its delay shows the round trip of the path.
 */
final class FirstAnswer {
  private final RoundTrip roundTrip;
  private final long askedNanos;
  private boolean awaited = true;

  FirstAnswer(RoundTrip roundTrip, long askedNanos) {
    this.roundTrip = roundTrip;
    this.askedNanos = askedNanos;
  }

  /** A message of the peer that nothing else can have caused. */
  void heard(long nowNanos) {
    if (awaited) {
      awaited = false;
      roundTrip.sample(askedNanos, nowNanos);
    }
  }
}
