package dev.sluice.ssh.channel;

import dev.sluice.ssh.WindowLimits;
import dev.sluice.ssh.wire.SshViolation;

/**
 * How much the peer may send on a channel. Credit is given for octets that were consumed, half a
 * window at a time, but never more than a step. With half of a large window at a time, only one
 * half would be in flight while the other is waited for. The window doubles while the consumer
 * empties half of it in less than two round trips, so it settles above the bandwidth-delay product
 * of the path. A caller that expects much data need not wait for that: {@link #widen}. The window
 * halves when half of it lasts long, so that a consumer that has become slow holds no memory that
 * only a fast one needs.
 */
final class ReceiveWindow {
  /** What a channel gets when the budget is used up. */
  private static final long FLOOR = 128 * 1024;

  private static final long STEP = 1024 * 1024;

  /** The window is too large if half of it lasts for this long, and for this many round trips. */
  private static final long SLOW_NANOS = 1_000_000_000L;

  private static final int SLOW_ROUND_TRIPS = 16;

  private final WindowLimits limits;
  private final WindowBudget budget;
  private final RoundTrip roundTrip;
  private final CreditProbe probe;
  private long size;
  private long fromBudget;
  private long credit;
  private long unread;
  private boolean widened;
  private long periodStart;
  private long periodConsumed;

  ReceiveWindow(WindowLimits limits, WindowBudget budget, RoundTrip roundTrip, long nowNanos) {
    this.limits = limits;
    this.budget = budget;
    this.roundTrip = roundTrip;
    this.probe = new CreditProbe(roundTrip);
    this.periodStart = nowNanos;
    if (budget.take(limits.initial())) {
      fromBudget = limits.initial();
      size = limits.initial();
    } else {
      size = Math.min(FLOOR, limits.initial());
    }
    credit = size;
  }

  /** Octets promised in all: credit given, and data that waits. */
  long size() {
    return size;
  }

  /** The peer sent {@code octets}, which wait to be consumed. */
  void received(long octets, long nowNanos) {
    if (octets > credit) {
      throw SshViolation.protocol(
          "window: " + octets + " octets of data, but only " + credit + " allowed");
    }
    credit -= octets;
    unread += octets;
    probe.received(octets, nowNanos);
  }

  void consumed(long octets) {
    unread -= octets;
    periodConsumed += octets;
  }

  /**
   * Makes the window as large as what a fast path with this round trip holds, as far as the budget
   * allows. Doubling would take one long round trip for each step.
   */
  void widen() {
    long more = Math.min(roundTrip.octetsUnderWay(), limits.most()) - size;
    while (more >= size / 2 && !budget.takeAhead(more)) {
      more /= 2;
    }
    if (more >= size / 2) {
      fromBudget += more;
      size += more;
      widened = true;
    }
  }

  /** Whether enough was consumed, or more was promised, to be worth a message. */
  boolean isDue() {
    long missing = size - credit - unread;
    return missing >= Math.min(size / 2, STEP) || widened && missing > 0;
  }

  /** Octets to let the peer send in addition; 0 = not yet. What is returned has to be sent. */
  long adjust(long nowNanos) {
    if (!isDue()) {
      return 0;
    }
    giveBackSpare();
    if (!widened) {
      follow(nowNanos);
    }
    widened = false;
    long grant = Math.max(0, size - credit - unread); // what was promised before stays promised
    if (grant > 0) {
      probe.granted(credit, nowNanos);
    }
    credit += grant;
    return grant;
  }

  /** Returns what was taken from the budget. */
  void release() {
    budget.giveBack(fromBudget);
    fromBudget = 0;
  }

  /** Checks how long half a window lasted, after it has been consumed. */
  private void follow(long nowNanos) {
    if (periodConsumed < size / 2) {
      return;
    }
    long elapsed = nowNanos - periodStart;
    periodStart = nowNanos;
    periodConsumed = 0;
    if (roundTrip.isKnown() && elapsed < 2 * roundTrip.nanos() && unread <= size / 4) {
      grow();
    } else if (elapsed > SLOW_NANOS && elapsed / SLOW_ROUND_TRIPS > roundTrip.nanos()) {
      shrink();
    }
  }

  /**
   * Never below {@link WindowLimits#initial}. The budget gets its share back only when the credit
   * already granted fits the new size.
   */
  private void shrink() {
    size -= Math.max(0, Math.min(size / 2, size - limits.initial()));
  }

  private void giveBackSpare() {
    long spare = Math.max(0, fromBudget - size);
    fromBudget -= spare;
    budget.giveBack(spare);
  }

  private void grow() {
    long more = Math.min(size, limits.most() - size);
    if (more > 0 && budget.take(more)) {
      fromBudget += more;
      size += more;
    }
  }
}
