package dev.sluice.sftp.client;

import dev.sluice.ssh.channel.RoundTrip;
import dev.sluice.ssh.channel.WindowBudget;

/**
 * What the transfers of a session put in flight before they know what the path holds: as much as a
 * gigabit per second would on a path of this length, shared by all of them. It may have to wait
 * here for its reader, so it is taken from the memory for windows. On the link's thread.
 */
final class HeadStart {
  private final RoundTrip roundTrip;
  private final WindowBudget budget;
  private long given;

  HeadStart(RoundTrip roundTrip, WindowBudget budget) {
    this.roundTrip = roundTrip;
    this.budget = budget;
  }

  /** Octets beyond {@code least}, up to {@code most}; {@link #giveBack} them. */
  long take(long least, long most) {
    long octets = Math.min(roundTrip.octetsUnderWay(), most) - least - given;
    if (octets <= 0 || !budget.takeAhead(octets)) {
      return 0;
    }
    given += octets;
    return octets;
  }

  void giveBack(long octets) {
    given -= octets;
    budget.giveBack(octets);
  }
}
