package dev.sluice.ftp.server;

import dev.sluice.ftp.FtpServerOptions;
import dev.sluice.ftp.io.Addresses;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts sessions against {@link FtpServerOptions.Sessions}. Safe for many threads. */
public final class SessionCounter {
  private final FtpServerOptions.Sessions limits;
  private final Map<InetAddress, Integer> byAddress = new HashMap<>();
  private int total;
  private int notLoggedIn;

  public SessionCounter(FtpServerOptions.Sessions limits) {
    this.limits = limits;
  }

  /** Counts a session in, or says which limit it would pass. */
  public synchronized Optional<String> enter(InetAddress client) {
    InetAddress address = Addresses.plain(client);
    if (total >= limits.total() || notLoggedIn >= limits.notLoggedIn()) {
      return Optional.of("Too many sessions; try again later");
    }
    if (byAddress.getOrDefault(address, 0) >= limits.perAddress()) {
      return Optional.of("Too many sessions from your address");
    }
    total++;
    notLoggedIn++;
    byAddress.merge(address, 1, Integer::sum);
    return Optional.empty();
  }

  public synchronized void loggedIn() {
    notLoggedIn--;
  }

  public synchronized void loggedOut() {
    notLoggedIn++;
  }

  /** Counts a session out that is not logged in, or not any more. */
  public synchronized void leave(InetAddress client) {
    total--;
    notLoggedIn--;
    byAddress.computeIfPresent(
        Addresses.plain(client), (address, count) -> count == 1 ? null : count - 1);
  }

  public synchronized int total() {
    return total;
  }
}
