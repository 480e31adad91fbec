package dev.sluice.ssh.server;

import dev.sluice.api.BoundServer;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.SshServerOptions;
import dev.sluice.ssh.SshService;
import dev.sluice.ssh.auth.LoginPolicy;
import dev.sluice.ssh.channel.ChannelPolicy;
import dev.sluice.ssh.channel.WindowBudget;
import dev.sluice.ssh.core.Role;
import dev.sluice.ssh.core.Services;
import dev.sluice.ssh.core.SshCore;
import dev.sluice.ssh.core.TransportSettings;
import dev.sluice.ssh.io.SshLink;
import dev.sluice.ssh.io.SshSockets;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.packet.Identification;
import dev.sluice.transport.door.Doorway;
import dev.sluice.transport.door.LoginPenalties;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A server that accepts connections. */
public final class RunningServer implements BoundServer {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final SshSockets.SshPort port;
  private final Doorway doorway;
  private final Set<SshLink> open;
  private final List<SshPublicKey> hostKeys;
  private final Mono<Void> services;
  private volatile boolean draining;

  private RunningServer(
      SshSockets.SshPort port, Doorway doorway, Set<SshLink> open, ServerSetup setup) {
    this.port = port;
    this.doorway = doorway;
    this.open = open;
    this.hostKeys = setup.hostKeys().stream().map(SshKeyPair::publicKey).toList();
    this.services =
        Flux.fromStream(
                () ->
                    Stream.concat(
                        setup.subsystems().values().stream(), Stream.ofNullable(setup.exec())))
            .flatMap(SshService::check)
            .then();
  }

  /** Binds; see {@link dev.sluice.ssh.server.SshServer#bind()}. */
  static Mono<RunningServer> start(ServerSetup setup) {
    SshServerOptions options = setup.options();
    TransportSettings transport = transport(setup);
    Services services = services(options);
    Doorway doorway = doorway(options);
    LoginPenalties penalties = penalties(options.login());
    Set<SshLink> open = ConcurrentHashMap.newKeySet();
    return SshSockets.listen(
            setup.host(),
            setup.port(),
            () -> new SshCore(transport, services, ByteBufAllocator.DEFAULT),
            link -> new ServerSession(setup, penalties, doorway, link, open))
        .map(port -> new RunningServer(port, doorway, open, setup));
  }

  @Override
  public InetSocketAddress address() {
    return port.address();
  }

  /** What it proves itself with: what clients may pin. */
  public List<SshPublicKey> hostKeys() {
    return hostKeys;
  }

  @Override
  public int sessions() {
    return doorway.total();
  }

  @Override
  public Mono<Void> healthy() {
    return Mono.defer(
        () ->
            draining
                ? Mono.error(new SessionClosed("the server is shutting down"))
                : services.timeout(
                    HEALTH_TIME, Mono.error(() -> new TimedOut("the storage", HEALTH_TIME))));
  }

  @Override
  public Mono<Void> drain(Duration grace) {
    return Mono.defer(
        () -> {
          draining = true;
          port.close();
          Mono<Void> finished = grace.isZero() ? Mono.empty() : allClosed().timeout(grace);
          return finished
              .onErrorComplete()
              .then(
                  Flux.fromIterable(open)
                      .flatMap(link -> link.disconnect("the server is shutting down"))
                      .then()
                      .timeout(LAST_WORDS)
                      .onErrorComplete())
              .then(Mono.fromRunnable(() -> open.forEach(SshLink::abandon)))
              .then(onClosed());
        });
  }

  @Override
  public Mono<Void> onClosed() {
    return port.onClosed();
  }

  private Mono<Void> allClosed() {
    return Flux.fromIterable(open).flatMap(link -> link.onClosed().onErrorComplete()).then();
  }

  private static TransportSettings transport(ServerSetup setup) {
    SshServerOptions options = setup.options();
    SshAlgorithms algorithms = options.algorithms();
    return new TransportSettings(
        Role.SERVER,
        Identification.of(options.software()),
        algorithms.withHostKeys(
            algorithms.hostKeys().stream()
                .filter(it -> setup.hostKeys().stream().anyMatch(key -> it.fits(key.publicKey())))
                .toList()),
        setup.hostKeys(),
        options.transport().minRsaBits(),
        options.transport().strictOnly(),
        options.transport().rekey(),
        options.limits(),
        keys -> List.of(),
        RANDOM);
  }

  private static LoginPenalties penalties(SshServerOptions.Login login) {
    return new LoginPenalties(
        new LoginPenalties.Policy(login.banAfter(), login.banTime(), login.neverBanned()),
        System::nanoTime);
  }

  private static Doorway doorway(SshServerOptions options) {
    SshServerOptions.Connections connections = options.connections();
    return new Doorway(
        new Doorway.Limits(
            connections.total(),
            connections.perAddress(),
            connections.notLoggedIn(),
            connections.notLoggedInPerAddress(),
            options.login().neverBanned()));
  }

  private static Services services(SshServerOptions options) {
    LoginPolicy login =
        new LoginPolicy(
            options.login().sequences(),
            options.algorithms().publicKeys(),
            options.transport().minRsaBits(),
            options.login().banner(),
            options.login().failures(),
            options.login().refusalTime());
    ChannelPolicy channels =
        ChannelPolicy.server(options.channels(), WindowBudget.process(), ByteBufAllocator.DEFAULT);
    return new Services.Server(login, channels, options.windows(), options.keepalive());
  }
}
