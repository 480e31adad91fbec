package dev.sluice.ssh.server;

import dev.sluice.api.BoundServer;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.SshServerSettings;
import dev.sluice.ssh.SshServerTimeouts;
import dev.sluice.ssh.SshService;
import dev.sluice.ssh.SshServices;
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
import dev.sluice.ssh.packet.Identification;
import dev.sluice.transport.door.Doorway;
import dev.sluice.transport.door.LoginPenalties;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A server that accepts connections. */
final class RunningServer implements BoundServer {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final SshSockets.SshPort port;
  private final Current current;

  /** By the ids of their sessions. */
  private final Map<Long, SshLink> open;

  /** Services of connections that began under earlier settings. */
  private final Set<SshService> former = ConcurrentHashMap.newKeySet();

  private volatile boolean draining;

  /** What new connections get. */
  private record Terms(
      SshServerSettings options,
      TransportSettings transport,
      Services services,
      Doorway doorway,
      LoginPenalties penalties) {
    static Terms of(SshServerSettings options, Doorway doorway, LoginPenalties penalties) {
      return new Terms(
          options,
          RunningServer.transport(options),
          RunningServer.services(options),
          doorway,
          penalties);
    }
  }

  /** What new connections get. */
  private static final class Current {
    volatile Terms now;

    Current(Terms now) {
      this.now = now;
    }
  }

  private RunningServer(SshSockets.SshPort port, Current current, Map<Long, SshLink> open) {
    this.port = port;
    this.current = current;
    this.open = open;
  }

  /** Binds; see {@link dev.sluice.ssh.server.SshServer#bind()}. */
  static Mono<RunningServer> start(SshServerSettings options) {
    Current current = new Current(Terms.of(options, doorway(options), penalties(options)));
    Map<Long, SshLink> open = new ConcurrentHashMap<>();
    return SshSockets.listen(
            options.transport(),
            options.host(),
            options.port(),
            () -> {
              Terms terms = current.now;
              return new SshCore(terms.transport(), terms.services(), ByteBufAllocator.DEFAULT);
            },
            link -> {
              Terms terms = current.now;
              return new ServerSession(
                  terms.options(), terms.penalties(), terms.doorway(), link, open);
            })
        .map(port -> new RunningServer(port, current, open));
  }

  /**
   * Gives new connections these settings. The socket stays, and what is counted across connections
   * does unless its limits change.
   */
  void apply(SshServerSettings options) {
    Terms before = current.now;
    SshServerSettings old = before.options();
    boolean samePlaces =
        old.sessions().equals(options.sessions())
            && old.login().neverBanned().equals(options.login().neverBanned());
    List<SshService> ending = served();
    former.addAll(ending);
    current.now =
        Terms.of(
            options.withTransport(old.transport()).withHost(old.host()).withPort(old.port()),
            samePlaces ? before.doorway() : doorway(options),
            old.login().equals(options.login()) ? before.penalties() : penalties(options));
    allClosed().subscribe(null, failure -> {}, () -> former.removeAll(Set.copyOf(ending)));
  }

  private static Doorway doorway(SshServerSettings options) {
    return new Doorway(options.sessions(), options.login().neverBanned());
  }

  private static LoginPenalties penalties(SshServerSettings options) {
    return new LoginPenalties(options.login(), System::nanoTime);
  }

  @Override
  public InetSocketAddress address() {
    return port.address();
  }

  @Override
  public List<String> fingerprints() {
    return current.now.options().hostKeys().stream()
        .map(key -> key.publicKey().fingerprint())
        .toList();
  }

  @Override
  public int sessions() {
    return current.now.doorway().total();
  }

  @Override
  public Mono<Void> healthy() {
    return Mono.defer(
        () ->
            draining
                ? Mono.error(new SessionClosed("the server is shutting down"))
                : Flux.fromIterable(served())
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
  public Mono<Void> retire() {
    return Mono.defer(
        () -> {
          port.close();
          return allClosed().then(onDispose()).then(Mono.defer(this::servicesEnded));
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

  private List<SshService> served() {
    SshServices services = current.now.options().services();
    return Stream.concat(
            services.subsystems().values().stream(), Stream.ofNullable(services.exec()))
        .toList();
  }

  private Mono<Void> servicesEnded() {
    return Flux.concat(Flux.fromIterable(served()), Flux.fromIterable(Set.copyOf(former)))
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
