package dev.sluice.ssh.core;

import dev.sluice.api.error.TimedOut;
import java.time.Duration;

/**
 * Asks a silent peer whether it lives. Everything it sends counts as an answer.
 *
 * @param interval of silence before each question; zero = never ask
 * @param unanswered questions after which the connection is given up
 */
public record Keepalive(Duration interval, int unanswered) {
  /** Never asks. */
  public static final Keepalive NONE = new Keepalive(Duration.ZERO, 1);

  public Keepalive {
    if (interval.isNegative() || unanswered < 1) {
      throw new IllegalArgumentException("keepalive " + interval + " " + unanswered);
    }
  }

  /** Counts for one connection. */
  final class Watch {
    private long heardAt;
    private int asked;

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
}
