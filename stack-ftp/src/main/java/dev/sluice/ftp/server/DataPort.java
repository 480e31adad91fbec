package dev.sluice.ftp.server;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.TimedOut;
import dev.sluice.ftp.io.DataLink;
import dev.sluice.ftp.io.Reservation;
import dev.sluice.ftp.reply.Refusal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Where a session's next data connection comes from, or where it goes. */
final class DataPort {
  private final Services services;
  private final Peer peer;
  private final Scheduler scheduler;
  private @Nullable Reservation passive;
  private @Nullable InetSocketAddress active;
  private volatile @Nullable DataLink open;
  private volatile boolean aborted;
  private Sinks.Empty<DataLink> cut = Sinks.empty();
  private Disposable expiry = Disposables.disposed();

  DataPort(Services services, Peer peer, Scheduler scheduler) {
    this.services = services;
    this.peer = peer;
    this.scheduler = scheduler;
  }

  /** Listens for the client and emits the port to announce; gives up any earlier arrangement. */
  Mono<Integer> listen() {
    reset();
    boolean anyone = services.options().data().foreignAddresses();
    InetAddress client = anyone ? null : peer.remoteAddress();
    return services
        .passivePorts()
        .reserve(client)
        .map(
            reservation -> {
              passive = reservation;
              Duration lifetime = services.options().timeouts().dataConnect();
              expiry =
                  scheduler.schedule(
                      reservation::release, lifetime.toMillis(), TimeUnit.MILLISECONDS);
              return reservation.port();
            });
  }

  /** Will connect to {@code target}, which has been checked. */
  void target(InetSocketAddress target) {
    reset();
    active = target;
  }

  /** Whether a transfer command can be carried out. */
  boolean isArranged() {
    return passive != null || active != null;
  }

  /** Whether the client has connected to the passive port already. */
  boolean isConnected() {
    return passive != null && passive.hasArrived();
  }

  /** For STAT. */
  String describe() {
    DataLink stream = open;
    if (stream != null) {
      return "open, " + stream.octetsMoved() + " octets moved";
    }
    return passive != null ? "passive" : active != null ? "active" : "none";
  }

  /** The connection, which only one call can take. Signals a 425 when it is not made in time. */
  Mono<DataLink> open() {
    return Mono.defer(
        () -> {
          Mono<DataLink> connection =
              passive != null
                  ? passive.take()
                  : services.activePorts().connect(peer.localAddress(), target());
          Duration limit = services.options().timeouts().dataConnect();
          Mono<DataLink> inTime =
              connection.timeout(
                  limit, Mono.error(() -> new TimedOut("data connection", limit)), scheduler);
          return Mono.firstWithSignal(cut.asMono(), inTime) // an abort before this call counts
              .onErrorMap(
                  failure ->
                      failure instanceof FileFailure
                          ? failure
                          : new Refusal(425, "Cannot open the data connection"))
              .doOnNext(this::opened);
        });
  }

  /** {@code work} on the connection, cut short by an abort. */
  <T> Mono<T> unlessAborted(Mono<T> work) {
    return Mono.firstWithSignal(work, cut.asMono().then(Mono.never()));
  }

  private void opened(DataLink link) {
    expiry.dispose();
    open = link;
    if (aborted) {
      link.fail(aborted());
    }
  }

  /** Gives up any arrangement, and a connection that was not taken. */
  void reset() {
    Reservation reservation = passive;
    passive = null;
    active = null;
    open = null;
    aborted = false;
    cut = Sinks.empty();
    expiry.dispose();
    if (reservation != null) {
      reservation.release();
    }
  }

  /** Whether the client has cut it. */
  boolean isAborted() {
    return aborted;
  }

  /** Cuts the connection that is open, awaited or still to come, so that a transfer ends. */
  void abort() {
    aborted = true;
    cut.tryEmitError(aborted());
    DataLink link = open;
    if (link != null) {
      link.fail(aborted());
    } else if (passive != null) {
      passive.release();
    }
  }

  private static FileFailure aborted() {
    return new FileFailure(FileError.INTERRUPTED, "aborted by the client");
  }

  private InetSocketAddress target() {
    if (active == null) {
      throw new Refusal(425, "Use PASV, EPSV, PORT or EPRT first");
    }
    return active;
  }
}
