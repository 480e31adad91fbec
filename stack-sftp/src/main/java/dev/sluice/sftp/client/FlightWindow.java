package dev.sluice.sftp.client;

import dev.sluice.ssh.channel.RoundTrip;

/**
 * How many octets of one transfer may be in flight. The window begins with a {@link HeadStart}. It
 * doubles while half of it passes in less than two round trips, it is what limits the transfer, and
 * little waits for the consumer: so it settles above the bandwidth-delay product of the path. It
 * halves, down to the first window, when half of it lasts long on a slow path, and when half of it
 * waits for a slow consumer.
 */
final class FlightWindow {
  /** The window is too large if half of it lasts for this long, and for this many round trips. */
  private static final long SLOW_NANOS = 1_000_000_000L;

  private static final int SLOW_ROUND_TRIPS = 16;

  private final RoundTrip roundTrip;
  private final long least;
  private final long most;
  private long size;
  private long ahead;
  private long passed;
  private long periodStart;
  private boolean heldBack;

  FlightWindow(RoundTrip roundTrip, TransferLimits limits) {
    this.roundTrip = roundTrip;
    this.most = limits.mostWindow();
    this.least = Math.min(limits.initialWindow(), most);
    this.size = least;
  }

  /** Octets are about to be put in flight. */
  void begin(HeadStart start, long nowNanos) {
    ahead = start.take(least, most);
    size = least + ahead;
    periodStart = nowNanos;
  }

  /** The transfer is over; may be called more than once. */
  void end(HeadStart start) {
    start.giveBack(ahead);
    ahead = 0;
  }

  long size() {
    return size;
  }

  /** Whether {@code more} octets may follow those in flight; one request always may. */
  boolean admits(long underWay, long more) {
    boolean room = underWay == 0 || underWay + more <= size;
    heldBack |= !room;
    return room;
  }

  /**
   * Octets have been transferred.
   *
   * @param waiting octets that have arrived and have not been taken yet
   */
  void passed(long octets, long waiting, long nowNanos) {
    passed += octets;
    if (passed < size / 2) {
      return;
    }
    follow(nowNanos - periodStart, waiting);
    passed = 0;
    heldBack = false;
    periodStart = nowNanos;
  }

  private void follow(long took, long waiting) {
    if (waiting > size / 2) {
      size = Math.max(least, size / 2);
    } else if (heldBack && roundTrip.isKnown() && waiting <= size / 4) {
      if (took < 2 * roundTrip.nanos()) {
        size = Math.min(most, 2 * size);
      } else if (took > SLOW_NANOS && took / SLOW_ROUND_TRIPS > roundTrip.nanos()) {
        size = Math.max(least, size / 2);
      }
    }
  }
}
