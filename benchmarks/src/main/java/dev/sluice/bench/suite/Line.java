package dev.sluice.bench.suite;

/** One direction of a long path: what is given to it queues, then travels. */
final class Line {
  private static final double NANOS = 1e9;

  private final long octetsPerSecond;
  private volatile long delayNanos;
  private long freeNanos = System.nanoTime();

  Line(long octetsPerSecond) {
    this.octetsPerSecond = octetsPerSecond;
  }

  /** How long an octet travels, from the next on. */
  void delay(long nanos) {
    delayNanos = nanos;
  }

  /** When octets that are given now arrive. On the event loop only. */
  long arrival(long nowNanos, int octets) {
    freeNanos = Math.max(freeNanos, nowNanos) + (long) (octets * NANOS / octetsPerSecond);
    return freeNanos + delayNanos;
  }

  /** How long what is given now would queue. On the event loop only. */
  long queueNanos(long nowNanos) {
    return Math.max(0, freeNanos - nowNanos);
  }
}
