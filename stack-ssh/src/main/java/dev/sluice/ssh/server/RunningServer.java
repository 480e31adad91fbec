package dev.sluice.ssh.server;

import dev.sluice.api.BoundServer;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.SshServerSettings;
import dev.sluice.ssh.SshServerTimeouts;
import dev.sluice.ssh.SshService;
import dev.sluice.ssh.auth.LoginPolicy;
import dev.sluice.ssh.channel.ChannelPolicy;
import dev.sluice.ssh.channel.WindowBudget;
import dev.sluice.ssh.core.Role;
import dev.sluice.ssh.core.Services;
import dev.sluice.ssh.core.SshCore;
import dev.sluice.ssh.core.TransportLimits;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A server that accepts connections. */
final class RunningServer implements BoundServer {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final SshSockets.SshPort port;
  private final Doorway doorway;

  /** By the ids of their sessions. */
  private final Map<Long, SshLink> open;

  private final List<SshPublicKey> hostKeys;
  private final List<SshService> services;
  private volatile boolean draining;

  private RunningServer(
      SshSockets.SshPort port,
      Doorway doorway,
      Map<Long, SshLink> open,
      SshServerSettings options) {
    this.port = port;
    this.doorway = doorway;
    this.open = open;
    this.hostKeys = options.hostKeys().stream().map(SshKeyPair::publicKey).toList();
    this.services =
        Stream.concat(
                options.services().subsystems().values().stream(),
                Stream.ofNullable(options.services().exec()))
            .toList();
  }

  /** Binds; see {@link dev.sluice.ssh.server.SshServer#bind()}. */
  static Mono<RunningServer> start(SshServerSettings options) {
    TransportSettings transport = transport(options);
    Services services = services(options);
    Doorway doorway = new Doorway(options.sessions(), options.login().neverBanned());
    LoginPenalties penalties = new LoginPenalties(options.login(), System::nanoTime);
    Map<Long, SshLink> open = new ConcurrentHashMap<>();
    return SshSockets.listen(
            options.transport(),
            options.host(),
            options.port(),
            () -> new SshCore(transport, services, ByteBufAllocator.DEFAULT),
            link -> new ServerSession(options, penalties, doorway, link, open))
        .map(port -> new RunningServer(port, doorway, open, options));
  }

  @Override
  public InetSocketAddress address() {
    return port.address();
  }

  @Override
  public List<String> fingerprints() {
    return hostKeys.stream().map(key -> key.fingerprint()).toList();
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
                : Flux.fromIterable(services)
                    .flatMap(SshService::check)
                    .then()
                    .timeout(
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
                  Flux.fromIterable(open.values())
                      .flatMap(link -> link.disconnect("the server is shutting down"))
                      .then()
                      .timeout(LAST_WORDS)
                      .onErrorComplete())
              .then(Mono.fromRunnable(() -> open.values().forEach(SshLink::abandon)))
              .then(onDispose())
              .then(Mono.defer(this::servicesEnded));
        });
  }

  @Override
  public Mono<Boolean> end(long session) {
    return Mono.defer(
        () -> {
          SshLink link = open.get(session);
          return link == null
              ? Mono.just(false)
              : link.disconnect("the operator ended the session")
                  .timeout(LAST_WORDS)
                  .onErrorResume(deaf -> Mono.fromRunnable(link::abandon))
                  .thenReturn(true);
        });
  }

  @Override
  public boolean isDisposed() {
    return draining;
  }

  @Override
  public Mono<Void> onDispose() {
    return port.onClosed();
  }

  private Mono<Void> allClosed() {
    return Flux.fromIterable(open.values())
        .flatMap(link -> link.onClosed().onErrorComplete())
        .then();
  }

  private Mono<Void> servicesEnded() {
    return Flux.fromIterable(services)
        .flatMap(SshService::ended)
        .then()
        .timeout(LAST_WORDS)
        .onErrorComplete();
  }

  private static TransportSettings transport(SshServerSettings options) {
    SshServerTimeouts timeouts = options.timeouts();
    SshAlgorithms algorithms = options.security().algorithms();
    return new TransportSettings(
        Role.SERVER,
        Identification.of(options.software()),
        algorithms.withHostKeys(
            algorithms.hostKeys().stream()
                .filter(it -> options.hostKeys().stream().anyMatch(key -> it.fits(key.publicKey())))
                .toList()),
        options.hostKeys(),
        options.security().minRsaBits(),
        options.security().strictOnly(),
        options.security().rekey(),
        TransportLimits.of(
            options.limits(), timeouts.handshake(), timeouts.exchange(), timeouts.login()),
        keys -> List.of(),
        RANDOM,
        options.trace());
  }

  private static Services services(SshServerSettings options) {
    LoginPolicy login =
        new LoginPolicy(
            options.authentication().sequences(),
            options.security().algorithms().publicKeys(),
            options.security().minRsaBits(),
            options.authentication().banner(),
            options.login().attempts(),
            options.login().delay());
    ChannelPolicy channels =
        ChannelPolicy.server(
            options.limits().channels(), WindowBudget.process(), ByteBufAllocator.DEFAULT);
    return new Services.Server(login, channels, options.windows(), options.keepalive());
  }
}
