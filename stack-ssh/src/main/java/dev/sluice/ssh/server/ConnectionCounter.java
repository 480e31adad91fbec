package dev.sluice.ssh.server;

import dev.sluice.ssh.SshServerOptions;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Counts connections against {@link SshServerOptions.Connections}. Safe for many threads. */
final class ConnectionCounter {
  private static final double FIRST_DROPS = 0.3;

  private final SshServerOptions.Connections limits;
  private final Map<InetAddress, Integer> byAddress = new HashMap<>();
  private final DoubleSupplier chance;
  private int total;
  private int notLoggedIn;

  /**
   * @param chance answers 0 to less than 1
   */
  ConnectionCounter(SshServerOptions.Connections limits, DoubleSupplier chance) {
    this.limits = limits;
    this.chance = chance;
  }

  /** Counts a connection in; false = it would pass a limit and is not counted. */
  synchronized boolean enter(InetAddress client) {
    if (total >= limits.total()
        || notLoggedIn >= limits.notLoggedIn()
        || dropsEarly()
        || byAddress.getOrDefault(client, 0) >= limits.perAddress()) {
      return false;
    }
    total++;
    notLoggedIn++;
    byAddress.merge(client, 1, Integer::sum);
    return true;
  }

  synchronized void loggedIn() {
    notLoggedIn--;
  }

  synchronized void leave(InetAddress client, boolean loggedIn) {
    total--;
    if (!loggedIn) {
      notLoggedIn--;
    }
    byAddress.computeIfPresent(client, (address, count) -> count == 1 ? null : count - 1);
  }

  private boolean dropsEarly() {
    int more = notLoggedIn - limits.earlyDrop();
    if (more < 0) {
      return false;
    }
    double share = (double) more / (limits.notLoggedIn() - limits.earlyDrop());
    return chance.getAsDouble() < FIRST_DROPS + (1 - FIRST_DROPS) * share;
  }

  synchronized int total() {
    return total;
  }
}
