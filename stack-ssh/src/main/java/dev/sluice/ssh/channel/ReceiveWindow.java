package dev.sluice.ssh.channel;

import dev.sluice.ssh.SshViolation;

/**
 * What the peer may send on a channel. Credit is given for octets that were consumed, half a window
 * at a time; the window doubles while the consumer empties half of it in less than two round trips,
 * so that it comes to rest above the bandwidth-delay product of the path. It halves when that takes
 * long: a consumer that has become slow holds no memory that a path once needed.
 */
final class ReceiveWindow {
  /** What a channel gets when the budget is used up. */
  private static final long FLOOR = 128 * 1024;

  /** Half a window that lasts for this long, and for so many round trips, is more than enough. */
  private static final long SLOW_NANOS = 1_000_000_000L;

  private static final int SLOW_ROUND_TRIPS = 16;

  private final WindowLimits limits;
  private final WindowBudget budget;
  private final RoundTrip roundTrip;
  private long size;
  private long fromBudget;
  private long credit;
  private long unread;
  private long received;
  private long probeLimit;
  private long probeSent;
  private boolean probing;
  private long lastAdjust;

  ReceiveWindow(WindowLimits limits, WindowBudget budget, RoundTrip roundTrip, long nowNanos) {
    this.limits = limits;
    this.budget = budget;
    this.roundTrip = roundTrip;
    this.lastAdjust = nowNanos;
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
    received += octets;
    if (probing && received > probeLimit) {
      probing = false;
      roundTrip.sample(probeSent, nowNanos);
    }
  }

  void consumed(long octets) {
    unread -= octets;
  }

  /** Whether enough was consumed to be worth a message. */
  boolean isDue() {
    return size - credit - unread >= size / 2;
  }

  /** Octets to let the peer send in addition; 0 = not yet. What is answered has to be sent. */
  long adjust(long nowNanos) {
    if (!isDue()) {
      return 0;
    }
    long elapsed = nowNanos - lastAdjust;
    if (roundTrip.isKnown() && elapsed < 2 * roundTrip.nanos() && unread <= size / 4) {
      grow();
    } else if (elapsed > SLOW_NANOS && elapsed / SLOW_ROUND_TRIPS > roundTrip.nanos()) {
      shrink();
    }
    long grant = Math.max(0, size - credit - unread); // what was promised before stays promised
    if (!probing && grant > 0) {
      probing = true;
      probeLimit = received + credit;
      probeSent = nowNanos;
    }
    credit += grant;
    lastAdjust = nowNanos;
    return grant;
  }

  /** Returns what was taken from the budget. */
  void release() {
    budget.giveBack(fromBudget);
    fromBudget = 0;
  }

  /** As far as {@link WindowLimits#initial}; half a window was consumed, so that the rest fits. */
  private void shrink() {
    long less = Math.min(size / 2, size - limits.initial());
    if (less > 0) {
      fromBudget -= less;
      size -= less;
      budget.giveBack(less);
    }
  }

  private void grow() {
    long more = Math.min(size, limits.most() - size);
    if (more > 0 && budget.take(more)) {
      fromBudget += more;
      size += more;
    }
  }
}
