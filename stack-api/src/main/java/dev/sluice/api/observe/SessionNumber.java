package dev.sluice.api.observe;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers of sessions, which tell those of all protocols in one process apart. */
public final class SessionNumber {
  private static final AtomicLong LAST = new AtomicLong();

  private SessionNumber() {}

  public static long next() {
    return LAST.incrementAndGet();
  }
}
