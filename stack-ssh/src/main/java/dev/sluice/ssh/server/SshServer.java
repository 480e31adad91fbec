package dev.sluice.ssh.server;

import dev.sluice.api.BoundServer;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.ssh.Keepalive;
import dev.sluice.ssh.SshAuthentication;
import dev.sluice.ssh.SshLimits;
import dev.sluice.ssh.SshSecurity;
import dev.sluice.ssh.SshServerSettings;
import dev.sluice.ssh.SshServerTimeouts;
import dev.sluice.ssh.SshService;
import dev.sluice.ssh.SshServices;
import dev.sluice.ssh.WindowLimits;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.transport.Transport;
import dev.sluice.transport.door.LoginLimits;
import dev.sluice.transport.door.SessionLimits;
import dev.sluice.transport.observe.Metrics;
import dev.sluice.transport.observe.Observations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * An SSH server (RFC 4250 to 4254). Immutable: every setting returns another server. It runs
 * nothing but what it was given: no shell, no forwarding.
 */
@SuppressWarnings(
    "exports") // Micrometer is optional: its modules are not required of all who build on this
public final class SshServer {
  private final SshServerSettings settings;

  private SshServer(SshServerSettings settings) {
    this.settings = settings;
  }

  /** A server on port 22 of every address, with no keys, no users and no services. */
  public static SshServer create() {
    return new SshServer(SshServerSettings.DEFAULT);
  }

  /** Listens on one address only; empty = on all, IPv4 and IPv6. */
  public SshServer host(String address) {
    return new SshServer(settings.withHost(address));
  }

  /** Listens on this port; 0 = a free one, which {@link BoundServer#address()} returns. */
  public SshServer port(int number) {
    return new SshServer(settings.withPort(number));
  }

  /** Adds a key that proves the host; clients choose among the types. */
  public SshServer hostKey(SshKeyPair another) {
    List<SshKeyPair> keys = new ArrayList<>(settings.hostKeys());
    keys.add(another);
    return new SshServer(settings.withHostKeys(keys));
  }

  /** Who may log in. */
  public SshServer users(Authenticator who) {
    return new SshServer(settings.withUsers(who));
  }

  /** Changes how users log in. */
  public SshServer authentication(UnaryOperator<SshAuthentication> change) {
    return new SshServer(settings.withAuthentication(change.apply(settings.authentication())));
  }

  /** Serves a subsystem. */
  public SshServer subsystem(String name, SshService service) {
    Map<String, SshService> more = new HashMap<>(settings.services().subsystems());
    more.put(name, service);
    return services(services -> services.withSubsystems(more));
  }

  /** Serves commands. */
  public SshServer exec(SshService service) {
    return services(services -> services.withExec(service));
  }

  /** Changes what is run in sessions. */
  public SshServer services(UnaryOperator<SshServices> change) {
    return new SshServer(settings.withServices(change.apply(settings.services())));
  }

  /** Changes what protects a connection. */
  public SshServer security(UnaryOperator<SshSecurity> change) {
    return new SshServer(settings.withSecurity(change.apply(settings.security())));
  }

  /** Changes the longest waits. */
  public SshServer timeouts(UnaryOperator<SshServerTimeouts> change) {
    return new SshServer(settings.withTimeouts(change.apply(settings.timeouts())));
  }

  /** Changes what is accepted from a client. */
  public SshServer limits(UnaryOperator<SshLimits> change) {
    return new SshServer(settings.withLimits(change.apply(settings.limits())));
  }

  /** Changes how much a client may send ahead. */
  public SshServer windows(UnaryOperator<WindowLimits> change) {
    return new SshServer(settings.withWindows(change.apply(settings.windows())));
  }

  /** Changes how a silent client is checked for life. */
  public SshServer keepalive(UnaryOperator<Keepalive> change) {
    return new SshServer(settings.withKeepalive(change.apply(settings.keepalive())));
  }

  /** Changes how many connections there may be. */
  public SshServer sessions(UnaryOperator<SessionLimits> change) {
    return new SshServer(settings.withSessions(change.apply(settings.sessions())));
  }

  /** Changes what failed logins cost. */
  public SshServer login(UnaryOperator<LoginLimits> change) {
    return new SshServer(settings.withLogin(change.apply(settings.login())));
  }

  /** The name in the identification line (RFC 4253 section 4.2). */
  public SshServer software(String name) {
    return new SshServer(settings.withSoftware(name));
  }

  /** Changes the sockets. */
  public SshServer transport(UnaryOperator<Transport> change) {
    return new SshServer(settings.withTransport(change.apply(settings.transport())));
  }

  /** Also reports what happens in the sessions to {@code another} observer. */
  public SshServer observer(SessionObserver another) {
    return new SshServer(settings.withObserver(settings.observer().and(another)));
  }

  /** Measures the sessions in {@code registry}: see {@link Metrics} for the meters. */
  public SshServer metrics(MeterRegistry registry) {
    return observer(Metrics.observer(registry));
  }

  /** Traces the sessions and their transfers in {@code registry}: see {@link Observations}. */
  public SshServer observations(ObservationRegistry registry) {
    return observer(Observations.observer(registry));
  }

  /** Also gives the names of all messages to {@code another} reader. */
  public SshServer trace(Consumer<String> another) {
    return new SshServer(settings.withTrace(settings.trace().andThen(another)));
  }

  /** All settings: those that were set, and the defaults of the rest. */
  public SshServerSettings settings() {
    return settings;
  }

  /**
   * Binds the port. Signals {@link ConnectFailed} when it cannot be had, and {@link
   * IllegalStateException} when no key was set.
   */
  public Mono<BoundServer> bind() {
    return Mono.defer(
        () -> {
          if (settings.hostKeys().isEmpty()) {
            throw new IllegalStateException("a server needs a host key: call hostKey(...)");
          }
          return RunningServer.start(settings)
              .<BoundServer>cast(BoundServer.class)
              .onErrorMap(
                  failure -> !(failure instanceof ConnectFailed),
                  failure ->
                      new ConnectFailed(
                          "cannot listen on " + settings.host() + ":" + settings.port(), failure));
        });
  }

  /**
   * What gives new connections of a running SSH server these settings, and cannot fail; connections
   * in progress keep theirs. The address and the socket stay as they are. Counts of connections and
   * bans stay, too, unless their limits change.
   *
   * @throws IllegalArgumentException for another kind of server, and without a host key
   */
  public Runnable successorOf(BoundServer running) {
    if (!(running instanceof RunningServer server) || settings.hostKeys().isEmpty()) {
      throw new IllegalArgumentException("no SSH server, or no host key: call hostKey(...)");
    }
    return () -> server.apply(settings);
  }
}
