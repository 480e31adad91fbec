package dev.sluice.ftp.client;

import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.ftp.Credentials;
import dev.sluice.ftp.FtpClientSettings;
import dev.sluice.ftp.FtpData;
import dev.sluice.ftp.FtpDialogue;
import dev.sluice.ftp.FtpLimits;
import dev.sluice.ftp.FtpListing;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.FtpTimeouts;
import dev.sluice.ftp.FtpUploads;
import dev.sluice.transport.Transport;
import dev.sluice.transport.observe.Metrics;
import dev.sluice.transport.observe.Observations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * Makes sessions with one FTP server. Immutable: every setting returns another client. Logs in
 * anonymously unless told otherwise.
 *
 * <pre>{@code
 * FtpClient.create("files.example")
 *     .credentials("ann", "secret")
 *     .security(FtpSecurity.explicit(TlsClientOptions.DEFAULT))
 *     .timeouts(t -> t.withReply(Duration.ofMinutes(5)))
 *     .connect();
 * }</pre>
 *
 * <p>What the server can do is asked at the first login, and again when its greeting changes or ten
 * minutes have passed; a client and those made from it share the answer.
 *
 * <p>{@link #connect()} signals {@link dev.sluice.api.ConnectFailed}, {@link
 * dev.sluice.api.AuthenticationFailed} and {@link dev.sluice.api.TimedOut}.
 */
@SuppressWarnings(
    "exports") // Micrometer is optional: its modules are not required of all who build on this
public final class FtpClient implements FileClient {
  private final FtpClientSettings settings;
  private final FeatureMemory memory;

  private FtpClient(FtpClientSettings settings, FeatureMemory memory) {
    this.settings = settings;
    this.memory = memory;
  }

  /**
   * A client for a server.
   *
   * @param host a name or an address, IPv6 without brackets
   */
  public static FtpClient create(String host) {
    return new FtpClient(FtpClientSettings.of(host), new FeatureMemory());
  }

  /** Connects to this port, 1 to 65535, instead of 21 or, with implicit TLS, 990. */
  public FtpClient port(int port) {
    if (port == 0) {
      throw new IllegalArgumentException("port 0 is not between 1 and 65535");
    }
    return with(settings.withPort(port));
  }

  public FtpClient credentials(String user, String password) {
    return credentials(Credentials.of(user, password));
  }

  /**
   * For servers that ask a challenge or want an account; see also {@link Credentials#anonymous}.
   */
  public FtpClient credentials(Credentials credentials) {
    return with(settings.withCredentials(credentials));
  }

  /** Protects the connections; implicit TLS has a port of its own. */
  public FtpClient security(FtpSecurity security) {
    return with(settings.withSecurity(security));
  }

  /** Changes how the connections are protected. */
  public FtpClient security(UnaryOperator<FtpSecurity> change) {
    return security(change.apply(settings.security()));
  }

  /** Changes the longest waits. */
  public FtpClient timeouts(UnaryOperator<FtpTimeouts> change) {
    return with(settings.withTimeouts(change.apply(settings.timeouts())));
  }

  /** Changes what is kept of what the server says. */
  public FtpClient limits(UnaryOperator<FtpLimits> change) {
    return with(settings.withLimits(change.apply(settings.limits())));
  }

  /** Changes which commands are used. */
  public FtpClient dialogue(UnaryOperator<FtpDialogue> change) {
    return with(settings.withDialogue(change.apply(settings.dialogue())));
  }

  /** Changes how files are transferred. */
  public FtpClient data(UnaryOperator<FtpData> change) {
    return with(settings.withData(change.apply(settings.data())));
  }

  /** Changes how LIST is read. */
  public FtpClient listing(UnaryOperator<FtpListing> change) {
    return with(settings.withListing(change.apply(settings.listing())));
  }

  /** Changes how files are written. */
  public FtpClient uploads(UnaryOperator<FtpUploads> change) {
    return with(settings.withUploads(change.apply(settings.uploads())));
  }

  /** Changes the sockets. */
  public FtpClient transport(UnaryOperator<Transport> change) {
    return with(settings.withTransport(change.apply(settings.transport())));
  }

  /** Lets {@code another} observer hear what happens in the sessions, besides those before it. */
  public FtpClient observer(SessionObserver another) {
    return with(settings.withObserver(settings.observer().and(another)));
  }

  /** Lets {@code another} reader have the lines of the control connection, besides those before. */
  public FtpClient trace(Consumer<String> another) {
    return with(settings.withTrace(settings.trace().andThen(another)));
  }

  /** Measures the sessions in {@code registry}: see {@link Metrics} for the meters. */
  public FtpClient metrics(MeterRegistry registry) {
    return observer(Metrics.observer(registry));
  }

  /** Traces the sessions and their transfers in {@code registry}: see {@link Observations}. */
  public FtpClient observations(ObservationRegistry registry) {
    return observer(Observations.observer(registry));
  }

  /** All that was set, and the defaults of the rest. */
  public FtpClientSettings settings() {
    return settings;
  }

  @Override
  public Mono<FileSession> connect() {
    return connectFtp().cast(FileSession.class);
  }

  /** As {@link #connect()}, with what only FTP has. */
  public Mono<FtpSession> connectFtp() {
    return SessionOpening.open(settings, memory);
  }

  private FtpClient with(FtpClientSettings changed) {
    return new FtpClient(changed, memory);
  }
}
