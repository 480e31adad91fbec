package dev.sluice.storage.decorate;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Octets that may move at a rate. Who has moved octets waits until they are paid for; a pause earns
 * an eighth of a second at most.
 */
public final class TokenBucket {
  private static final long NANOS = 1_000_000_000L;
  private static final long EARNED_NANOS = NANOS / 8;

  private final long octetsPerSecond;
  private final AtomicLong paidUntil = new AtomicLong(Long.MIN_VALUE);

  /**
   * A full bucket.
   *
   * @param octetsPerSecond at least 1
   */
  public TokenBucket(long octetsPerSecond) {
    if (octetsPerSecond < 1) {
      throw new IllegalArgumentException("octetsPerSecond: " + octetsPerSecond);
    }
    this.octetsPerSecond = octetsPerSecond;
  }

  /** The rate. */
  public long octetsPerSecond() {
    return octetsPerSecond;
  }

  /** Takes {@code octets} at {@code now}; how many nanoseconds to wait after that. */
  public long take(long octets, long now) {
    double cost = (double) octets / octetsPerSecond * NANOS;
    long paid =
        paidUntil.updateAndGet(before -> Math.max(before, now - EARNED_NANOS) + (long) cost);
    return Math.max(0, paid - now);
  }
}
