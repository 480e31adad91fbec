package dev.sluice.ftp.core;

import static dev.sluice.transport.ProtocolCore.NO_DEADLINE;

import dev.sluice.api.LimitExceeded;
import dev.sluice.ftp.core.ControlState.AwaitFinal;
import dev.sluice.ftp.core.ControlState.AwaitGreeting;
import java.time.Duration;

/**
 * When a client has waited long enough: for a reply, for the rest of a reply, and for a sign of
 * life while data flow.
 */
final class ReplyClock {
  /** The longest time for a reply that comes line by line, as a multiple of its timeout. */
  private static final int LONGEST_REPLY = 5;

  /**
   * After a silence this long, a reply ends at a line that looks like a last line, whatever its
   * code.
   */
  private static final long SILENCE_NANOS = 1_000_000_000L;

  private final ControlLimits limits;
  private boolean started;
  private int linesOfReply;
  private long now;
  private long deadline = NO_DEADLINE;
  private long latest = NO_DEADLINE;
  private long silence = NO_DEADLINE;
  private long nextKeepAlive = NO_DEADLINE;

  ReplyClock(ControlLimits limits) {
    this.limits = limits;
  }

  /** Sets the time. Returns true on the first call: waiting starts then. */
  boolean tick(long nowNanos) {
    now = nowNanos;
    boolean first = !started;
    started = true;
    return first;
  }

  /** Counting keep-alive replies does not renew a deadline: the server could go on for ever. */
  void changed(ControlState before, ControlState next) {
    boolean counting =
        next.getClass() == before.getClass()
            && next.awaits().equals(before.awaits())
            && deadline != NO_DEADLINE;
    boolean greetingDelayed = next instanceof AwaitGreeting;
    Duration timeout = next.timeout(limits);
    if (timeout.isZero()) {
      deadline = NO_DEADLINE;
    } else if (!counting || greetingDelayed) {
      deadline = now + timeout.toNanos();
      latest = now + LONGEST_REPLY * timeout.toNanos();
    }
    if (!(next instanceof AwaitFinal) || limits.keepAlive().isZero()) {
      nextKeepAlive = NO_DEADLINE;
    } else if (nextKeepAlive == NO_DEADLINE) {
      nextKeepAlive = now + limits.keepAlive().toNanos();
    }
  }

  /**
   * A line came that does not end a reply. A server that computes for a long time may send lines to
   * show that it is alive, but only for a while.
   */
  void lineCame(ControlState state) {
    linesOfReply++;
    if (linesOfReply > limits.replyLines()) {
      throw new LimitExceeded(
          "a reply has more than " + limits.replyLines() + " lines (FtpLimits.replyLines)");
    }
    if (deadline != NO_DEADLINE) {
      deadline = Math.min(latest, now + state.timeout(limits).toNanos());
    }
  }

  /** A whole reply came. */
  void replyCame() {
    linesOfReply = 0;
  }

  /** The last line that came may be the last one of a reply: silence would say that it is. */
  void mayHaveEnded(boolean may) {
    silence = may ? now + SILENCE_NANOS : NO_DEADLINE;
  }

  /** Whether the silence now shows that the reply has ended. True one time only. */
  boolean replyHasEnded() {
    boolean ended = silence <= now;
    if (ended) {
      silence = NO_DEADLINE;
    }
    return ended;
  }

  /** Whether the awaited reply has not come in time. */
  boolean isLate() {
    return deadline <= now;
  }

  /** Whether a sign of life is to be given now; the next one is due a period later. */
  boolean keepAliveIsDue() {
    boolean due = nextKeepAlive <= now;
    if (due) {
      nextKeepAlive = now + limits.keepAlive().toNanos();
    }
    return due;
  }

  /** Nothing is waited for any more. */
  void stop() {
    deadline = NO_DEADLINE;
  }

  /** When to look again. */
  long next() {
    return Math.min(Math.min(deadline, silence), nextKeepAlive);
  }
}
