package dev.sluice.ssh.server;

import dev.sluice.ssh.SshServerOptions;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Counts connections against {@link SshServerOptions.Connections}. Safe for many threads. */
final class ConnectionCounter {
  private final SshServerOptions.Connections limits;
  private final Map<InetAddress, Integer> byAddress = new HashMap<>();
  private int total;
  private int notLoggedIn;

  ConnectionCounter(SshServerOptions.Connections limits) {
    this.limits = limits;
  }

  /** Counts a connection in; false = it would pass a limit and is not counted. */
  synchronized boolean enter(InetAddress client) {
    if (total >= limits.total()
        || notLoggedIn >= limits.notLoggedIn()
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

  synchronized int total() {
    return total;
  }
}
