package dev.sluice.client.inbox;

import java.time.Duration;

/** Waits that grow. */
final class Waits {
  private static final int MOST_DOUBLINGS = 20;

  private Waits() {}

  /** {@code first}, doubled so many times, but no longer than {@code longest}. */
  static Duration doubled(Duration first, int times, Duration longest) {
    Duration wait = first.multipliedBy(1L << Math.min(times, MOST_DOUBLINGS));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
