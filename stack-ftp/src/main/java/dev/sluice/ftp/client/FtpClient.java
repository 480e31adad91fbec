package dev.sluice.ftp.client;

import dev.sluice.api.FileClient;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.ftp.Credentials;
import dev.sluice.ftp.FtpOptions;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpSession;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes sessions with one FTP server. Immutable: every setting returns another client. Logs in
 * anonymously unless told otherwise.
 *
 * <p>What the server can do is asked at the first login, and again when its greeting changes or ten
 * minutes have passed; a client and those made from it share the answer.
 *
 * <p>{@link #connect()} signals {@link dev.sluice.api.ConnectFailed}, {@link
 * dev.sluice.api.AuthenticationFailed} and {@link dev.sluice.api.TimedOut}.
 */
public final class FtpClient implements FileClient {
  /** Where FTP servers listen. */
  public static final int DEFAULT_PORT = 21;

  /** Where FTP servers listen that speak TLS from the first octet. */
  public static final int DEFAULT_IMPLICIT_PORT = 990;

  private static final int BY_SECURITY = 0;

  private final String host;
  private final int port;
  private final @Nullable Credentials credentials;
  private final FtpOptions options;
  private final FeatureMemory memory;
  private final SessionObserver observer;

  private FtpClient(
      String host,
      int port,
      @Nullable Credentials credentials,
      FtpOptions options,
      FeatureMemory memory,
      SessionObserver observer) {
    this.host = host;
    this.port = port;
    this.credentials = credentials;
    this.options = options;
    this.memory = memory;
    this.observer = observer;
  }

  /**
   * A client for a server.
   *
   * @param host a name or an address, IPv6 without brackets
   */
  public static FtpClient create(String host) {
    return new FtpClient(
        host, BY_SECURITY, null, FtpOptions.DEFAULT, new FeatureMemory(), SessionObserver.NONE);
  }

  public FtpClient port(int newPort) {
    if (newPort < 1 || newPort > 65535) {
      throw new IllegalArgumentException("port " + newPort);
    }
    return new FtpClient(host, newPort, credentials, options, memory, observer);
  }

  public FtpClient credentials(String user, String password) {
    return credentials(Credentials.of(user, password));
  }

  /** For servers that ask a challenge or want an account. */
  public FtpClient credentials(Credentials newCredentials) {
    return new FtpClient(host, port, newCredentials, options, memory, observer);
  }

  /** Logs in as {@code anonymous} (RFC 1635), with the password of the options. */
  public FtpClient anonymous() {
    return new FtpClient(host, port, null, options, memory, observer);
  }

  public FtpClient options(FtpOptions newOptions) {
    return new FtpClient(host, port, credentials, newOptions, memory, observer);
  }

  public FtpClient options(UnaryOperator<FtpOptions> change) {
    return options(change.apply(options));
  }

  /** Protects the connections; implicit TLS has a port of its own. */
  public FtpClient security(FtpSecurity security) {
    return options(options.withSecurity(security));
  }

  /** Lets {@code another} observer hear what happens in the sessions, besides those before it. */
  public FtpClient observer(SessionObserver another) {
    return new FtpClient(host, port, credentials, options, memory, observer.and(another));
  }

  @Override
  public Mono<FtpSession> connect() {
    Credentials who = credentials == null ? anonymous(options) : credentials;
    return SessionOpening.open(host, effectivePort(), who, options, memory, observer);
  }

  private int effectivePort() {
    if (port != BY_SECURITY) {
      return port;
    }
    return options.security().start() == FtpSecurity.Start.IMPLICIT
        ? DEFAULT_IMPLICIT_PORT
        : DEFAULT_PORT;
  }

  private static Credentials anonymous(FtpOptions options) {
    return Credentials.of("anonymous", options.anonymousPassword());
  }
}
