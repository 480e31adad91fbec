package dev.sluice.ftp.server;

import dev.sluice.api.BoundServer;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileServer;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.Storage;
import dev.sluice.ftp.FtpServerData;
import dev.sluice.ftp.FtpServerDialogue;
import dev.sluice.ftp.FtpServerLimits;
import dev.sluice.ftp.FtpServerSettings;
import dev.sluice.ftp.FtpServerTimeouts;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.transport.Transport;
import dev.sluice.transport.door.LoginLimits;
import dev.sluice.transport.door.SessionLimits;
import dev.sluice.transport.observe.Metrics;
import dev.sluice.transport.observe.Observations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * An FTP server (RFC 959, 1123, 2389, 2428, 2640, 3659). Immutable: every setting returns another
 * server.
 *
 * <pre>{@code
 * FtpServer.create()
 *     .port(2121)
 *     .storage(LocalStorage.at(Path.of("files")))
 *     .users(StaticUsers.of("ann", "secret"))
 *     .bind();
 * }</pre>
 */
@SuppressWarnings(
    "exports") // Micrometer is optional: its modules are not required of all who build on this
public final class FtpServer implements FileServer {
  private final FtpServerSettings settings;

  private FtpServer(FtpServerSettings settings) {
    this.settings = settings;
  }

  /** A server on port 21 of every address, with no files and no users. */
  public static FtpServer create() {
    return new FtpServer(FtpServerSettings.DEFAULT);
  }

  /** Listens on one address only; empty = on all, IPv4 and IPv6. */
  public FtpServer host(String address) {
    return new FtpServer(settings.withHost(address));
  }

  /** Listens on this port; 0 = a free one, which {@link BoundServer#address()} returns. */
  public FtpServer port(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("port " + number + " is not between 0 and 65535");
    }
    return new FtpServer(settings.withPort(number));
  }

  /** Where the files are. */
  public FtpServer storage(Storage files) {
    return new FtpServer(settings.withStorage(files));
  }

  /** The users who may log in. */
  public FtpServer users(Authenticator who) {
    return new FtpServer(settings.withUsers(who));
  }

  /** Encrypts connections. Implicit TLS has ports of its own, unless others are chosen. */
  public FtpServer tls(FtpServerTls policy) {
    return new FtpServer(settings.withTls(policy));
  }

  /** Changes the longest waits. */
  public FtpServer timeouts(UnaryOperator<FtpServerTimeouts> change) {
    return new FtpServer(settings.withTimeouts(change.apply(settings.timeouts())));
  }

  /** Changes what a client may use of a control connection. */
  public FtpServer limits(UnaryOperator<FtpServerLimits> change) {
    return new FtpServer(settings.withLimits(change.apply(settings.limits())));
  }

  /** Changes how many sessions there may be. */
  public FtpServer sessions(UnaryOperator<SessionLimits> change) {
    return new FtpServer(settings.withSessions(change.apply(settings.sessions())));
  }

  /** Changes what failed logins cost. */
  public FtpServer login(UnaryOperator<LoginLimits> change) {
    return new FtpServer(settings.withLogin(change.apply(settings.login())));
  }

  /** Changes how data connections are made. */
  public FtpServer data(UnaryOperator<FtpServerData> change) {
    return new FtpServer(settings.withData(change.apply(settings.data())));
  }

  /** Changes how the control connection is read and written. */
  public FtpServer dialogue(UnaryOperator<FtpServerDialogue> change) {
    return new FtpServer(settings.withDialogue(change.apply(settings.dialogue())));
  }

  /** Changes the sockets. */
  public FtpServer transport(UnaryOperator<Transport> change) {
    return new FtpServer(settings.withTransport(change.apply(settings.transport())));
  }

  /** Lets {@code another} observer hear what happens in the sessions, besides those before it. */
  public FtpServer observer(SessionObserver another) {
    return new FtpServer(settings.withObserver(settings.observer().and(another)));
  }

  /** Measures the sessions in {@code registry}: see {@link Metrics} for the meters. */
  public FtpServer metrics(MeterRegistry registry) {
    return observer(Metrics.observer(registry));
  }

  /** Traces the sessions and their transfers in {@code registry}: see {@link Observations}. */
  public FtpServer observations(ObservationRegistry registry) {
    return observer(Observations.observer(registry));
  }

  /**
   * Lets {@code another} hear each line of the control connections, besides those before it: {@code
   * > } sent or {@code < } received in front, secrets masked. Called on the event loop.
   */
  public FtpServer trace(Consumer<String> another) {
    return new FtpServer(settings.withTrace(settings.trace().andThen(another)));
  }

  /** All that was set, and the defaults of the rest. */
  public FtpServerSettings settings() {
    return settings;
  }

  /**
   * Binds the port. Signals {@link ConnectFailed}, with advice, when the port is not available, and
   * {@link IllegalStateException} when no storage was set.
   */
  @Override
  public Mono<BoundServer> bind() {
    return Mono.defer(
        () -> {
          Storage files = settings.storage();
          if (files == null) {
            throw new IllegalStateException("a server needs a storage: call storage(...)");
          }
          return acceptor()
              .flatMap(tls -> RunningServer.start(settings, files, tls.orElse(null)))
              .<BoundServer>cast(BoundServer.class)
              .onErrorMap(IOException.class, this::explain);
        });
  }

  /**
   * Emits what gives new sessions of a running FTP server these settings, which then cannot fail;
   * sessions in progress keep theirs. The address and the sockets stay as they are. Counts of
   * sessions and bans stay, too, unless their limits change. Signals {@link
   * IllegalArgumentException} for another kind of server.
   */
  public Mono<Runnable> successorOf(BoundServer running) {
    return Mono.defer(
        () -> {
          Storage files = settings.storage();
          if (!(running instanceof RunningServer server) || files == null) {
            throw new IllegalArgumentException("no FTP server, or no storage: call storage(...)");
          }
          return acceptor().map(tls -> () -> server.apply(settings, files, tls.orElse(null)));
        });
  }

  /** Trusted certificates may have to be read from disk. */
  private Mono<Optional<TlsAcceptor>> acceptor() {
    FtpServerTls tls = settings.tls();
    return tls == null
        ? Mono.just(Optional.empty())
        : Mono.fromCallable(() -> Optional.of(TlsAcceptor.of(tls.options())))
            .subscribeOn(settings.transport().scheduler());
  }

  private ConnectFailed explain(Throwable failure) {
    int port = settings.effectivePort();
    String hint =
        port > 0 && port < 1024
            ? "; ports below 1024 need privileges: run as root, grant CAP_NET_BIND_SERVICE, or"
                + " choose a higher port"
            : "; is another server running there?";
    String where = (settings.host().isEmpty() ? "*" : settings.host()) + ":" + port;
    return new ConnectFailed("cannot listen on " + where + hint, failure);
  }
}
