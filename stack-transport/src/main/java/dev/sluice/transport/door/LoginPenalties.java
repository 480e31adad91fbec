package dev.sluice.transport.door;

import dev.sluice.transport.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Penalties for failed logins, across connections. Failures count for the client's address (IPv6:
 * its /64) and for the user's name, and fade with time. Too many failures cause a ban; the next ban
 * lasts twice as long.
 *
 * <p>A successful login clears the failures of the same user from the same address, and no others.
 * A user whose name is banned may still log in with a password from an address where that has
 * succeeded before: an attacker who guesses passwords cannot lock anybody out. Safe for many
 * threads.
 */
public final class LoginPenalties {
  /** How many more failures a name allows than an address: a name may be tried from everywhere. */
  private static final int NAMES_BEAR = 10;

  private static final int MOST_KNOWN = 10_000;
  private static final int LONGEST_NAME = 256;

  private final LoginLimits policy;
  private final LongSupplier nanoTime;
  private final PenaltyTable<Network> clients;
  private final PenaltyTable<String> users;
  private final Map<Known, Boolean> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Known, Boolean> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  /** An address that a user has logged in from. */
  private record Known(String user, Network client) {}

  /**
   * A ban.
   *
   * @param whom an address, a network, or a user's name, as text from a peer
   * @param left the remaining time
   */
  public record Ban(String whom, Duration left) {}

  /**
   * @param nanoTime a monotonic clock
   */
  public LoginPenalties(LoginLimits policy, LongSupplier nanoTime) {
    this.policy = policy;
    this.nanoTime = nanoTime;
    this.clients = new PenaltyTable<>(policy.banAfter(), policy.banTime());
    this.users =
        new PenaltyTable<>(
            (int) Math.min(Integer.MAX_VALUE, (long) policy.banAfter() * NAMES_BEAR),
            policy.banTime());
  }

  /** The ban of an address. Check it for each connection and before each attempt. */
  public synchronized Optional<Ban> ban(InetAddress address) {
    Network client = Network.ofClient(address);
    return clients.ban(client, now()).map(left -> new Ban(client.toString(), left));
  }

  /** The ban of a name, for a password from {@code address}. */
  public synchronized Optional<Ban> ban(String user, InetAddress address) {
    String name = cut(user);
    return users
        .ban(name, now())
        .filter(left -> !known.containsKey(new Known(name, Network.ofClient(address))))
        .map(left -> new Ban(name, left));
  }

  /** Counts a failure. Returns the ban that starts with it; empty = none. */
  public synchronized Optional<Ban> failed(String user, InetAddress address) {
    String name = cut(user);
    Network client = Network.ofClient(address);
    Optional<Ban> ofName =
        users.failed(name, client.toString(), now()).map(left -> new Ban(name, left));
    if (policy.neverBanned().stream().anyMatch(safe -> safe.contains(address))) {
      return ofName;
    }
    return clients
        .failed(client, name, now())
        .map(left -> new Ban(client.toString(), left))
        .or(() -> ofName);
  }

  /** Clears the failures of this user from this address. */
  public synchronized void succeeded(String user, InetAddress address) {
    String name = cut(user);
    Network client = Network.ofClient(address);
    clients.forgive(client, name, now());
    users.forgive(name, client.toString(), now());
    known.put(new Known(name, client), true);
  }

  private long now() {
    return nanoTime.getAsLong();
  }

  private static String cut(String user) {
    return user.length() > LONGEST_NAME ? user.substring(0, LONGEST_NAME) : user;
  }
}
