package dev.sluice.ssh.core;

import dev.sluice.api.TimedOut;
import dev.sluice.ssh.Keepalive;
import java.time.Duration;

/** Counts, for one connection, the questions that a silent peer has not answered. */
final class KeepaliveWatch {
  private final Duration interval;
  private final int unanswered;
  private long heardAt;
  private int asked;

  KeepaliveWatch(Keepalive setting) {
    this.interval = setting.interval();
    this.unanswered = setting.unanswered();
  }

  void heard(long nowNanos) {
    heardAt = nowNanos;
    asked = 0;
  }

  /** Whether a question is due; it counts as asked then. */
  boolean asks(long nowNanos) {
    if (interval.isZero() || nowNanos - deadlineNanos() < 0) {
      return false;
    }
    if (asked >= unanswered) {
      throw new TimedOut("an answer to " + asked + " keepalives", interval.multipliedBy(asked));
    }
    asked++;
    return true;
  }

  long deadlineNanos() {
    return interval.isZero() ? Long.MAX_VALUE : heardAt + interval.toNanos() * (asked + 1L);
  }
}
