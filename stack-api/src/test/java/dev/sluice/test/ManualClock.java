package dev.sluice.test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock in nanoseconds that stands still until a test moves it. */
public final class ManualClock implements LongSupplier {
  private final AtomicLong nowNanos = new AtomicLong();

  @Override
  public long getAsLong() {
    return nowNanos.get();
  }

  /** Moves the clock forward and returns the new time, in nanoseconds. */
  public long advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("a clock does not go back: " + time);
    }
    return nowNanos.addAndGet(time.toNanos());
  }
}
