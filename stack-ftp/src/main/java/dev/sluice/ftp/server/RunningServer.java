package dev.sluice.ftp.server;

import dev.sluice.api.BoundServer;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.storage.RightsStorage;
import dev.sluice.api.storage.Storage;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.FtpServerSettings;
import dev.sluice.ftp.core.FtpServerCore;
import dev.sluice.ftp.core.FtpServerEvent;
import dev.sluice.ftp.io.ActivePorts;
import dev.sluice.ftp.io.ControlPort;
import dev.sluice.ftp.io.PassivePorts;
import dev.sluice.ftp.io.ServerControl;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.transport.door.Doorway;
import dev.sluice.transport.door.LoginPenalties;
import dev.sluice.transport.io.CoreHandler;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** An FTP server that listens. */
final class RunningServer implements BoundServer {
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final Duration TURNED_AWAY = Duration.ofSeconds(1);

  private final Current current;
  private final ControlPort socket;

  /** By the ids of their sessions. */
  private final Map<Long, ServerControl> open;

  private volatile boolean draining;

  /** What new sessions get. */
  private static final class Current {
    volatile Services now;

    Current(Services now) {
      this.now = now;
    }
  }

  private RunningServer(Current current, ControlPort socket, Map<Long, ServerControl> open) {
    this.current = current;
    this.socket = socket;
    this.open = open;
  }

  /** Binds; see {@link dev.sluice.ftp.server.FtpServer#bind()}. */
  static Mono<RunningServer> start(
      FtpServerSettings options, Storage storage, @Nullable TlsAcceptor tls) {
    PassivePorts passive =
        new PassivePorts(options.transport(), options.host(), options.data().passivePorts());
    ActivePorts active = new ActivePorts(options.transport(), options.activeSourcePort());
    Services services =
        new Services(
            options,
            RightsStorage.of(storage),
            options.users(),
            tls,
            options.observer(),
            passive,
            active,
            new LoginPenalties(options.login(), System::nanoTime),
            new Doorway(options.sessions(), options.login().neverBanned()));
    Current current = new Current(services);
    Map<Long, ServerControl> open = new ConcurrentHashMap<>();
    return ServerControl.listen(
            options.transport(),
            options.host(),
            options.effectivePort(),
            () -> core(current.now.options()),
            control -> session(current.now, control, open))
        .map(socket -> new RunningServer(current, socket, open));
  }

  private static FtpServerCore core(FtpServerSettings options) {
    return new FtpServerCore(
        options.limits(),
        options.timeouts(),
        CommandTable.STANDARD.offered(),
        options.dialogue().charset(),
        options.dialogue().lineEnding(),
        ByteBufAllocator.DEFAULT,
        options.trace());
  }

  /**
   * Gives new sessions these settings. The sockets stay, and what is counted across sessions does
   * unless its limits change. Passive ports that are no longer wanted close after the last session
   * that may use them.
   */
  void apply(FtpServerSettings options, Storage storage, @Nullable TlsAcceptor tls) {
    Services before = current.now;
    FtpServerSettings old = before.options();
    boolean samePorts = old.data().passivePorts().equals(options.data().passivePorts());
    boolean samePlaces =
        old.sessions().equals(options.sessions())
            && old.login().neverBanned().equals(options.login().neverBanned());
    current.now =
        new Services(
            options.withTransport(old.transport()).withHost(old.host()).withPort(old.port()),
            RightsStorage.of(storage),
            options.users(),
            tls,
            options.observer(),
            samePorts
                ? before.passivePorts()
                : new PassivePorts(old.transport(), old.host(), options.data().passivePorts()),
            new ActivePorts(old.transport(), options.activeSourcePort()),
            old.login().equals(options.login())
                ? before.penalties()
                : new LoginPenalties(options.login(), System::nanoTime),
            samePlaces
                ? before.doorway()
                : new Doorway(options.sessions(), options.login().neverBanned()));
    if (!samePorts) {
      allClosed().then(before.passivePorts().close()).subscribe();
    }
  }

  @Override
  public InetSocketAddress address() {
    return socket.address();
  }

  @Override
  public List<String> fingerprints() {
    return List.of();
  }

  @Override
  public int sessions() {
    return current.now.doorway().total();
  }

  /** The number of passive ports open now. */
  int passivePorts() {
    return current.now.passivePorts().openPorts();
  }

  @Override
  public Mono<Void> healthy() {
    return Mono.defer(
        () ->
            draining
                ? Mono.error(new SessionClosed("the server is shutting down"))
                : current
                    .now
                    .storage()
                    .check()
                    .timeout(
                        HEALTH_TIME, Mono.error(() -> new TimedOut("the storage", HEALTH_TIME))));
  }

  @Override
  public Mono<Void> drain(Duration grace) {
    return Mono.defer(
        () -> {
          draining = true;
          socket.close();
          FtpReply last = FtpReply.of(421, "The server is shutting down");
          open.values().forEach(control -> control.submit(core -> core.closeWhenIdle(last)));
          Mono<Void> finished = grace.isZero() ? Mono.empty() : allClosed().timeout(grace);
          return finished
              .onErrorComplete()
              .then(
                  Mono.fromRunnable(
                      () -> open.values().forEach(c -> c.submit(core -> core.close(last)))))
              .then(allClosed().timeout(LAST_WORDS).onErrorComplete())
              .then(Mono.fromRunnable(() -> open.values().forEach(ServerControl::abandon)))
              .then(Mono.defer(() -> current.now.passivePorts().close()))
              .then(onDispose());
        });
  }

  @Override
  public Mono<Void> retire() {
    return Mono.defer(
        () -> {
          socket.close();
          return allClosed()
              .then(Mono.defer(() -> current.now.passivePorts().close()))
              .then(onDispose());
        });
  }

  @Override
  public Mono<Boolean> end(long session) {
    return Mono.defer(
        () -> {
          ServerControl control = open.get(session);
          if (control == null) {
            return Mono.just(false);
          }
          FtpReply last = FtpReply.of(421, "The operator ended the session");
          control.submit(core -> core.close(last));
          return control
              .onClosed()
              .timeout(LAST_WORDS)
              .onErrorResume(
                  deaf -> {
                    control.abandon();
                    return control.onClosed();
                  })
              .thenReturn(true);
        });
  }

  @Override
  public boolean isDisposed() {
    return draining;
  }

  @Override
  public Mono<Void> onDispose() {
    return socket.onClosed();
  }

  private Mono<Void> allClosed() {
    return Flux.fromIterable(open.values()).flatMap(ServerControl::onClosed).then();
  }

  private static CoreHandler.Listener<FtpServerEvent> session(
      Services services, ServerControl control, Map<Long, ServerControl> open) {
    Peer peer = new Peer(control.remote(), control.local());
    Doorway.Place place =
        services
            .doorway()
            .enter(
                peer.remoteAddress(),
                () -> turnAway(control, "You have not logged in, and others wait"));
    Session session = new Session(services, peer, control, place);
    Optional<String> refusal =
        services
            .penalties()
            .ban(peer.remoteAddress())
            .map(ban -> "Too many failed logins from your address; try again later")
            .or(place::refusal);
    long id = session.ref().id();
    open.put(id, control);
    session.tell(new SessionEvent.Connected(session.ref()));
    if (refusal.isPresent()) {
      String why = refusal.get();
      place.leave();
      session.tell(new SessionEvent.TurnedAway(session.ref(), why));
      control.scheduler().schedule(() -> refuse(session, why));
    } else {
      if (session.security.isImplicit()) {
        session.security.start();
      }
      FtpReply greeting = FtpReply.of(220, services.options().dialogue().greeting());
      control.scheduler().schedule(() -> control.submit(core -> core.greet(greeting)));
    }
    return new RequestLoop(
        session,
        () -> {
          open.remove(id);
          place.leave();
        });
  }

  /**
   * A client that expects TLS cannot read a reply in clear, and gets no handshake just for the
   * reply.
   */
  private static void refuse(Session session, String why) {
    if (session.security.isImplicit()) {
      session.control.abandon();
    } else {
      session.control.submit(core -> core.close(FtpReply.of(421, why)));
    }
  }

  /**
   * Another session has the place already: this does not wait for a handshake, nor for a client
   * that does not read.
   */
  private static void turnAway(ServerControl control, String why) {
    Scheduler loop = control.scheduler();
    loop.schedule(() -> control.submit(core -> core.close(FtpReply.of(421, why))));
    loop.schedule(control::abandon, TURNED_AWAY.toMillis(), TimeUnit.MILLISECONDS);
  }
}
