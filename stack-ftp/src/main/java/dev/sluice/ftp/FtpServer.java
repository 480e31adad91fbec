package dev.sluice.ftp;

import dev.sluice.api.FileServer;
import dev.sluice.api.error.ConnectFailed;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.login.StaticUsers;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.Storage;
import dev.sluice.ftp.server.RunningServer;
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
        "", DEFAULT_PORT, null, StaticUsers.none(), FtpServerOptions.DEFAULT, SessionObserver.NONE);
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
          return RunningServer.start(host, port, storage, users, options, observer)
              .onErrorMap(failure -> !(failure instanceof ConnectFailed), this::explain);
        });
  }

  private ConnectFailed explain(Throwable failure) {
    String hint =
        port > 0 && port < 1024
            ? "; ports below 1024 need privileges: run as root, grant CAP_NET_BIND_SERVICE, or"
                + " choose a higher port"
            : "; is another server running there?";
    String where = (host.isEmpty() ? "*" : host) + ":" + port;
    return new ConnectFailed("cannot listen on " + where + hint, failure);
  }
}
