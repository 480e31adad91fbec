package dev.sluice.sftp.client;

import dev.sluice.ssh.channel.RoundTrip;

/**
 * How many octets of one transfer may be under way. Doubles while half of it passes in less than
 * two round trips, while it is what holds the transfer back, and little waits for the consumer: it
 * comes to rest above the bandwidth-delay product of the path.
 */
final class FlightWindow {
  private final RoundTrip roundTrip;
  private final long most;
  private long size;
  private long passed;
  private long periodStart;
  private boolean heldBack;

  FlightWindow(RoundTrip roundTrip, long initial, long most, long nowNanos) {
    this.roundTrip = roundTrip;
    this.size = Math.min(initial, most);
    this.most = most;
    this.periodStart = nowNanos;
  }

  long size() {
    return size;
  }

  /** Whether {@code more} octets may follow those under way; one request always may. */
  boolean admits(long underWay, long more) {
    boolean room = underWay == 0 || underWay + more <= size;
    heldBack |= !room;
    return room;
  }

  /**
   * Octets have gone all the way.
   *
   * @param waiting octets that have arrived and that nobody has taken yet
   */
  void passed(long octets, long waiting, long nowNanos) {
    passed += octets;
    if (passed < size / 2) {
      return;
    }
    long took = nowNanos - periodStart;
    if (heldBack && roundTrip.isKnown() && took < 2 * roundTrip.nanos() && waiting <= size / 4) {
      size = Math.min(most, 2 * size);
    }
    passed = 0;
    heldBack = false;
    periodStart = nowNanos;
  }
}
