package dev.sluice.transport.door;

import dev.sluice.transport.Network;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assigns the connections of a server their places, and prevents one client from taking all of
 * them. Safe for many threads.
 *
 * <p>A client is an IPv4 address or the /64 of an IPv6 address. Clients that have not logged in
 * share a small number of places. When these are taken, a new connection replaces an old one: among
 * the connections of the client that holds most places, the one that has waited longest. A client
 * that already holds as many places as any other is refused.
 */
public final class Doorway {
  private static final String FULL = "Too many sessions; try again later";

  private final SessionLimits limits;
  private final List<Network> unlimited;
  private final Map<Network, Client> clients = new HashMap<>();
  private int total;
  private int waiting;
  private long places;

  /**
   * A doorway without connections.
   *
   * @param unlimited networks whose addresses stand for many clients: the limits of one client do
   *     not apply to them
   */
  public Doorway(SessionLimits limits, List<Network> unlimited) {
    this.limits = limits;
    this.unlimited = List.copyOf(unlimited);
  }

  /**
   * A place for a new connection, or the reason why there is none.
   *
   * @param makeWay closes the connection if another connection gets its place before it has logged
   *     in; must not block
   */
  public Place enter(InetAddress address, Runnable makeWay) {
    Network network = Network.ofClient(address);
    boolean limited = unlimited.stream().noneMatch(it -> it.contains(address));
    Place moved = null;
    Place place;
    synchronized (this) {
      Client client = clients.computeIfAbsent(network, any -> new Client());
      String refusal = limited ? refusal(client) : total >= limits.total() ? FULL : null;
      if (refusal == null && waiting >= limits.notLoggedIn()) {
        moved = longestWaiting(client);
        refusal = moved == null ? FULL : null;
      }
      if (moved != null) {
        moved.remove();
      }
      place = new Place(network, makeWay, refusal);
      if (refusal == null) {
        place.add(client);
      } else {
        forget(network, client);
      }
    }
    if (moved != null) {
      moved.makeWay.run();
    }
    return place;
  }

  private @Nullable String refusal(Client client) {
    if (total >= limits.total()) {
      return FULL;
    }
    if (client.total >= limits.perAddress()) {
      return "Too many sessions from your address";
    }
    return client.waiting.size() >= limits.notLoggedInPerAddress()
        ? "Too many sessions from your address have not logged in"
        : null;
  }

  /** Connections that have a place. */
  public synchronized int total() {
    return total;
  }

  private @Nullable Place longestWaiting(Client newcomer) {
    return clients.values().stream()
        .filter(client -> client.waiting.size() > newcomer.waiting.size())
        .map(client -> client.waiting.iterator().next())
        .max(Comparator.comparingInt(Place::besides).thenComparing(it -> -it.number))
        .orElse(null);
  }

  private void forget(Network network, Client client) {
    if (client.total == 0) {
      clients.remove(network, client);
    }
  }

  private static final class Client {
    final Set<Place> waiting = new LinkedHashSet<>();
    int total;
  }

  /** The place of one connection. */
  public final class Place {
    private final Network network;
    private final Runnable makeWay;
    private final @Nullable String refusal;
    private @Nullable Client client;
    private long number;

    private Place(Network network, Runnable makeWay, @Nullable String refusal) {
      this.network = network;
      this.makeWay = makeWay;
      this.refusal = refusal;
    }

    /** Why the connection has no place, in words for the client; empty = it has one. */
    public Optional<String> refusal() {
      return Optional.ofNullable(refusal);
    }

    /** The client has logged in. */
    public void loggedIn() {
      synchronized (Doorway.this) {
        if (client != null && client.waiting.remove(this)) {
          waiting--;
        }
      }
    }

    /** The client has logged out and may log in again. */
    public void loggedOut() {
      synchronized (Doorway.this) {
        if (client != null && client.waiting.add(this)) {
          waiting++;
          number = ++places;
        }
      }
    }

    /** The connection has ended. May be called again. */
    public void leave() {
      synchronized (Doorway.this) {
        remove();
      }
    }

    private int besides() {
      return client == null ? 0 : client.waiting.size();
    }

    private void add(Client of) {
      client = of;
      total++;
      of.total++;
      loggedOut();
    }

    private void remove() {
      Client of = client;
      if (of != null) {
        loggedIn();
        client = null;
        total--;
        of.total--;
        forget(network, of);
      }
    }
  }
}
