package dev.sluice.ftp.server;

import dev.sluice.api.BoundServer;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.RightsStorage;
import dev.sluice.api.storage.Storage;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.FtpServerOptions;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** An FTP server that listens. */
public final class RunningServer implements BoundServer {
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final Duration TURNED_AWAY = Duration.ofSeconds(1);

  private final Services services;
  private final ControlPort socket;
  private final Set<ServerControl> open;
  private volatile boolean draining;

  private RunningServer(Services services, ControlPort socket, Set<ServerControl> open) {
    this.services = services;
    this.socket = socket;
    this.open = open;
  }

  /** Binds; see {@link dev.sluice.ftp.server.FtpServer#bind()}. */
  public static Mono<RunningServer> start(
      String host,
      int port,
      Storage storage,
      Authenticator users,
      FtpServerOptions options,
      @Nullable TlsAcceptor tls,
      SessionObserver observer) {
    PassivePorts passive = new PassivePorts(host, options.data().passivePorts());
    ActivePorts active = new ActivePorts(options.data().activeSourcePort());
    Services services =
        new Services(
            options,
            RightsStorage.of(storage),
            users,
            tls,
            observer,
            passive,
            active,
            penalties(options.login()),
            doorway(options));
    Set<ServerControl> open = ConcurrentHashMap.newKeySet();
    return ServerControl.listen(
            host,
            port,
            () ->
                new FtpServerCore(
                    options.control(),
                    CommandTable.STANDARD.offered(),
                    options.charset(),
                    options.lineEnding(),
                    ByteBufAllocator.DEFAULT),
            control -> session(services, control, open))
        .map(socket -> new RunningServer(services, socket, open));
  }

  @Override
  public InetSocketAddress address() {
    return socket.address();
  }

  @Override
  public int sessions() {
    return services.doorway().total();
  }

  /** Passive ports open now. */
  public int passivePorts() {
    return services.passivePorts().openPorts();
  }

  @Override
  public Mono<Void> healthy() {
    return Mono.defer(
        () ->
            draining
                ? Mono.error(new SessionClosed("the server is shutting down"))
                : services
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
          open.forEach(control -> control.submit(core -> core.closeWhenIdle(last)));
          Mono<Void> finished = grace.isZero() ? Mono.empty() : allClosed().timeout(grace);
          return finished
              .onErrorComplete()
              .then(Mono.fromRunnable(() -> open.forEach(c -> c.submit(core -> core.close(last)))))
              .then(allClosed().timeout(LAST_WORDS).onErrorComplete())
              .then(Mono.fromRunnable(() -> open.forEach(ServerControl::abandon)))
              .then(services.passivePorts().close())
              .then(onClosed());
        });
  }

  @Override
  public Mono<Void> onClosed() {
    return socket.onClosed();
  }

  private Mono<Void> allClosed() {
    return Flux.fromIterable(open).flatMap(ServerControl::onClosed).then();
  }

  private static LoginPenalties penalties(FtpServerOptions.Login login) {
    return new LoginPenalties(
        new LoginPenalties.Policy(login.banAfter(), login.banTime(), login.neverBanned()),
        System::nanoTime);
  }

  private static Doorway doorway(FtpServerOptions options) {
    FtpServerOptions.Sessions sessions = options.sessions();
    return new Doorway(
        new Doorway.Limits(
            sessions.total(),
            sessions.perAddress(),
            sessions.notLoggedIn(),
            sessions.notLoggedInPerAddress(),
            options.login().neverBanned()));
  }

  private static CoreHandler.Listener<FtpServerEvent> session(
      Services services, ServerControl control, Set<ServerControl> open) {
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
    open.add(control);
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
      FtpReply greeting = FtpReply.of(220, services.options().greeting());
      control.scheduler().schedule(() -> control.submit(core -> core.greet(greeting)));
    }
    return new RequestLoop(
        session,
        () -> {
          open.remove(control);
          place.leave();
        });
  }

  /** A client that expects TLS cannot read a reply in clear, and gets no handshake for it. */
  private static void refuse(Session session, String why) {
    if (session.security.isImplicit()) {
      session.control.abandon();
    } else {
      session.control.submit(core -> core.close(FtpReply.of(421, why)));
    }
  }

  /** The place is another's already: a handshake or a client that does not read is not awaited. */
  private static void turnAway(ServerControl control, String why) {
    Scheduler loop = control.scheduler();
    loop.schedule(() -> control.submit(core -> core.close(FtpReply.of(421, why))));
    loop.schedule(control::abandon, TURNED_AWAY.toMillis(), TimeUnit.MILLISECONDS);
  }
}
