package dev.sluice.client.pool;

import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.pool.AllocationStrategy;

/**
 * How many sessions there may be. A server that refuses one more while others are open has its
 * limit there: that is believed for {@link #BELIEVED}. Safe for many threads.
 */
final class Room implements AllocationStrategy {
  static final Duration BELIEVED = Duration.ofMinutes(1);

  private final int most;
  private final int warm;
  private final LongSupplier nanoTime;
  private int granted;
  private int open;
  private int limit;
  private long limitedAt;

  /**
   * @param warm sessions that are opened without a caller
   * @param nanoTime a monotonic clock
   */
  Room(int most, int warm, LongSupplier nanoTime) {
    this.most = most;
    this.warm = warm;
    this.nanoTime = nanoTime;
    this.limit = most;
  }

  synchronized void opened() {
    open++;
  }

  synchronized void closed() {
    open--;
  }

  /** The server has refused one more session. Returns whether there are others to wait for. */
  synchronized boolean refused() {
    if (open == 0) {
      return false;
    }
    limit = Math.max(1, granted);
    limitedAt = nanoTime.getAsLong();
    return true;
  }

  @Override
  public synchronized int permitMaximum() {
    if (limit < most && nanoTime.getAsLong() - limitedAt >= BELIEVED.toNanos()) {
      limit = most;
    }
    return limit;
  }

  @Override
  public synchronized int estimatePermitCount() {
    return Math.max(0, permitMaximum() - granted);
  }

  @Override
  public synchronized int getPermits(int desired) {
    int wanted = Math.max(desired, warm - granted);
    int given = Math.min(wanted, estimatePermitCount());
    granted += given;
    return given;
  }

  @Override
  public synchronized int permitGranted() {
    return granted;
  }

  @Override
  public int permitMinimum() {
    return warm;
  }

  @Override
  public synchronized void returnPermits(int returned) {
    granted -= returned;
  }
}
