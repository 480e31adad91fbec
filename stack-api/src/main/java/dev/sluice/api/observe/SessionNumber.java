package dev.sluice.api.observe;

import java.util.concurrent.atomic.AtomicLong;

/** Session numbers, unique across all protocols of a process. */
public final class SessionNumber {
  private static final AtomicLong LAST = new AtomicLong();

  private SessionNumber() {}

  public static long next() {
    return LAST.incrementAndGet();
  }
}
