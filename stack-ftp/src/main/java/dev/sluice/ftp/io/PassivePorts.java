package dev.sluice.ftp.io;

import dev.sluice.api.LimitExceeded;
import dev.sluice.api.SessionClosed;
import dev.sluice.ftp.PortRange;
import dev.sluice.transport.ClientAddress;
import dev.sluice.transport.Transport;
import dev.sluice.transport.io.StreamHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

/**
 * The passive ports of a server, shared by all its sessions.
 *
 * <p>A port of the range is opened when it is first needed and stays open. A data connection is
 * matched to its session by the client's address and the port: on each port, only one session of an
 * address waits at a time, so ten ports serve hundreds of clients. Connections that match nothing
 * are reset. Ports are picked at random (RFC 2577 section 8).
 */
public final class PassivePorts {
  /** The number of ports opened before open ports are shared. */
  private static final int OPEN_BEFORE_SHARING = 64;

  private static final int ATTEMPTS = 32;

  private final TcpServer template;
  private final PortRange range;
  private final Map<Integer, DisposableServer> open = new ConcurrentHashMap<>();
  private final Map<Key, Reservation> waiting = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * The client whose connection is awaited, and the port.
   *
   * @param client null = any address
   */
  private record Key(@Nullable InetAddress client, int port) {}

  /**
   * @param host address to listen on; empty = every address
   */
  public PassivePorts(Transport transport, String host, PortRange range) {
    this.template = ServerSockets.data(transport, host);
    this.range = range;
  }

  /**
   * Waits for a connection from {@code client} on some port; null = from anywhere. Signals {@link
   * LimitExceeded} when no port of the range is free for that client. The caller releases the
   * reservation.
   */
  public Mono<Reservation> reserve(@Nullable InetAddress client) {
    InetAddress plain = client == null ? null : Addresses.plain(client);
    return Mono.defer(() -> sharedPort(plain).switchIfEmpty(newPort(plain, ATTEMPTS)));
  }

  /** The number of ports open now. */
  public int openPorts() {
    return open.size();
  }

  /** Closes every port. Reservations fail. */
  public Mono<Void> close() {
    return Mono.defer(
        () -> {
          closed = true;
          waiting.values().forEach(Reservation::release);
          return Flux.fromIterable(open.values())
              .flatMap(
                  server -> {
                    server.dispose();
                    return server.onDispose().onErrorComplete();
                  })
              .then();
        });
  }

  private Mono<Reservation> sharedPort(@Nullable InetAddress client) {
    boolean rangeIsOpen = range.size() > 0 && open.size() >= range.size();
    if (open.size() < OPEN_BEFORE_SHARING && !rangeIsOpen) {
      return Mono.empty();
    }
    List<Integer> ports = new ArrayList<>(open.keySet());
    Collections.shuffle(ports, ThreadLocalRandom.current());
    for (int port : ports) {
      Reservation reservation = tryReserve(client, port);
      if (reservation != null) {
        return Mono.just(reservation);
      }
    }
    return Mono.empty();
  }

  private Mono<Reservation> newPort(@Nullable InetAddress client, int attempts) {
    int port = closedPort();
    if (closed || attempts == 0 || port < 0) {
      return Mono.error(
          new LimitExceeded("no passive port of " + range + " is free; widen the passive range"));
    }
    return listen(port)
        .flatMap(
            bound -> {
              Reservation reservation = tryReserve(client, bound);
              return reservation == null ? newPort(client, attempts - 1) : Mono.just(reservation);
            })
        .onErrorResume(e -> !(e instanceof LimitExceeded), e -> newPort(client, attempts - 1));
  }

  private int closedPort() {
    if (range.size() == 0) {
      return 0;
    }
    int start = ThreadLocalRandom.current().nextInt(range.size());
    for (int i = 0; i < range.size(); i++) {
      int port = range.first() + (start + i) % range.size();
      if (!open.containsKey(port)) {
        return port;
      }
    }
    return -1;
  }

  private Mono<Integer> listen(int port) {
    return template
        .port(port)
        .doOnConnection(this::accept)
        .bind()
        .map(
            server -> {
              open.put(server.port(), server);
              if (closed) {
                server.dispose();
              }
              return server.port();
            });
  }

  private void accept(Connection connection) {
    InetSocketAddress remote = ClientAddress.of(connection.channel());
    int port = ((InetSocketAddress) connection.channel().localAddress()).getPort();
    Reservation match = waiting.remove(new Key(Addresses.plain(remote.getAddress()), port));
    if (match == null) {
      match = waiting.remove(new Key(null, port));
    }
    StreamHandler stream = new StreamHandler();
    connection.addHandlerLast("sluice.stream", stream);
    DataLink link = DataLink.of(stream);
    if (match == null || !match.arrived(link)) {
      link.fail(new SessionClosed("nobody waits for a data connection from there"));
    }
  }

  private @Nullable Reservation tryReserve(@Nullable InetAddress client, int port) {
    Key key = new Key(client, port);
    Reservation reservation = new Reservation(port, r -> waiting.remove(key, r));
    return waiting.putIfAbsent(key, reservation) == null ? reservation : null;
  }
}
