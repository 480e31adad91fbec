package dev.sluice.ftp.server;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileServer;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.Storage;
import dev.sluice.ftp.FtpServerOptions;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.transport.door.StaticUsers;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An FTP server (RFC 959, 1123, 2389, 2428, 2640, 3659). Immutable: every setting answers a new
 * value.
 *
 * <pre>{@code
 * FtpServer.create()
 *     .port(2121)
 *     .storage(LocalStorage.at(Path.of("files")))
 *     .users(StaticUsers.of("ann", "secret"))
 *     .bind();
 * }</pre>
 */
public final class FtpServer implements FileServer {
  /** The port of FTP control connections. */
  public static final int DEFAULT_PORT = 21;

  /** The port of control connections that are TLS from the first octet. */
  public static final int DEFAULT_IMPLICIT_PORT = 990;

  private static final int DEFAULT_DATA_PORT = 20;
  private static final int IMPLICIT_DATA_PORT = 989;
  private static final int BY_SECURITY = -1;

  private final String host;
  private final int port;
  private final @Nullable Storage storage;
  private final Authenticator users;
  private final FtpServerOptions options;
  private final SessionObserver observer;

  private FtpServer(
      String host,
      int port,
      @Nullable Storage storage,
      Authenticator users,
      FtpServerOptions options,
      SessionObserver observer) {
    this.host = host;
    this.port = port;
    this.storage = storage;
    this.users = users;
    this.options = options;
    this.observer = observer;
  }

  /** A server on port 21 of every address, with no files and no users. */
  public static FtpServer create() {
    return new FtpServer(
        "", BY_SECURITY, null, StaticUsers.none(), FtpServerOptions.DEFAULT, SessionObserver.NONE);
  }

  /** Listens on one address only; empty = on all, IPv4 and IPv6. */
  public FtpServer host(String address) {
    return new FtpServer(address, port, storage, users, options, observer);
  }

  /**
   * Listens on this port; 0 = a free one, which {@link dev.sluice.api.BoundServer#address()} tells.
   */
  public FtpServer port(int number) {
    return new FtpServer(host, number, storage, users, options, observer);
  }

  /** Where the files are. */
  public FtpServer storage(Storage files) {
    return new FtpServer(host, port, files, users, options, observer);
  }

  /** Who may log in. */
  public FtpServer users(Authenticator who) {
    return new FtpServer(host, port, storage, who, options, observer);
  }

  /** Encrypts connections. Implicit TLS has ports of its own, unless others are chosen. */
  public FtpServer tls(FtpServerTls policy) {
    return options(o -> o.withTls(policy));
  }

  /** Changes settings. */
  public FtpServer options(UnaryOperator<FtpServerOptions> change) {
    return new FtpServer(host, port, storage, users, change.apply(options), observer);
  }

  /** Also tells {@code another} what happens. */
  public FtpServer observer(SessionObserver another) {
    return new FtpServer(host, port, storage, users, options, observer.and(another));
  }

  /**
   * Binds the port. Signals {@link ConnectFailed} when it cannot be had, with what to do, and
   * {@link IllegalStateException} when no storage was set.
   */
  @Override
  public Mono<RunningServer> bind() {
    return Mono.defer(
        () -> {
          if (storage == null) {
            throw new IllegalStateException("a server needs a storage: call storage(...)");
          }
          Storage files = storage;
          return acceptor()
              .flatMap(tls -> start(files, tls.orElse(null)))
              .onErrorMap(failure -> failure instanceof IOException, this::explain);
        });
  }

  /** Trusted certificates may have to be read from disk. */
  private Mono<Optional<TlsAcceptor>> acceptor() {
    FtpServerTls tls = options.tls();
    return tls == null
        ? Mono.just(Optional.empty())
        : Mono.fromCallable(() -> Optional.of(TlsAcceptor.of(tls.options())))
            .subscribeOn(IoScheduler.shared());
  }

  private Mono<RunningServer> start(Storage files, @Nullable TlsAcceptor tls) {
    FtpServerOptions effective =
        isImplicit() && options.data().activeSourcePort() == DEFAULT_DATA_PORT
            ? options.withData(
                options.data().withActive(options.data().activeAllowed(), IMPLICIT_DATA_PORT))
            : options;
    return RunningServer.start(host, effectivePort(), files, users, effective, tls, observer);
  }

  private int effectivePort() {
    return port != BY_SECURITY ? port : isImplicit() ? DEFAULT_IMPLICIT_PORT : DEFAULT_PORT;
  }

  private boolean isImplicit() {
    FtpServerTls tls = options.tls();
    return tls != null && tls.start() == FtpServerTls.Start.IMPLICIT;
  }

  private ConnectFailed explain(Throwable failure) {
    String hint =
        effectivePort() > 0 && effectivePort() < 1024
            ? "; ports below 1024 need privileges: run as root, grant CAP_NET_BIND_SERVICE, or"
                + " choose a higher port"
            : "; is another server running there?";
    String where = (host.isEmpty() ? "*" : host) + ":" + effectivePort();
    return new ConnectFailed("cannot listen on " + where + hint, failure);
  }
}
