package dev.sluice.ssh.channel;

/**
 * The shortest time in which the peer reacted, over a sliding span: the delay of the path without
 * the peer's own delays.
 */
public final class RoundTrip {
  private static final long SPAN_NANOS = 30_000_000_000L;

  /** A gigabit per second, and a fifth more for what delays answers. */
  private static final long OCTETS_PER_MICROSECOND = 150;

  private long shortest = Long.MAX_VALUE;
  private long shortestBefore = Long.MAX_VALUE;
  private long spanStart;

  /** The peer reacted at {@code nowNanos} to what was sent at {@code sentNanos}. */
  public void sample(long sentNanos, long nowNanos) {
    if (nowNanos - spanStart > SPAN_NANOS) {
      spanStart = nowNanos;
      shortestBefore = shortest;
      shortest = Long.MAX_VALUE;
    }
    shortest = Math.min(shortest, nowNanos - sentNanos);
  }

  public boolean isKnown() {
    return nanos() != Long.MAX_VALUE;
  }

  /** {@link Long#MAX_VALUE} = not known yet. */
  public long nanos() {
    return Math.min(shortest, shortestBefore);
  }

  /** Octets that are under way on a path of a gigabit per second; 0 = not known yet. */
  public long octetsUnderWay() {
    return isKnown() ? nanos() / 1000 * OCTETS_PER_MICROSECOND : 0;
  }
}
