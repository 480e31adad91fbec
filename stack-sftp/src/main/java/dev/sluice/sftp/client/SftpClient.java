package dev.sluice.sftp.client;

import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.sftp.SftpClientSettings;
import dev.sluice.sftp.SftpFlow;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpUploads;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.sftp.SymlinkOrder;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.transport.Transport;
import dev.sluice.transport.observe.Metrics;
import dev.sluice.transport.observe.Observations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * Makes sessions with one SFTP server. Immutable: every setting returns another client.
 *
 * <pre>{@code
 * SftpClient.create("files.example")
 *     .user("ann")
 *     .credential(Credential.password("secret"))
 *     .hostKeys(HostKeyPolicy.pinned("SHA256:…"))
 *     .ssh(ssh -> ssh.timeouts(t -> t.withConnect(Duration.ofSeconds(5))))
 *     .connect();
 * }</pre>
 *
 * <p>{@link #connect()} signals what {@link SshClient#connect()} does, {@link
 * dev.sluice.api.ConnectFailed} when the server has no SFTP, and {@link
 * dev.sluice.api.PeerMisbehaved} when it speaks a version that is not supported here.
 */
@SuppressWarnings(
    "exports") // Micrometer is optional: its modules are not required of all who build on this
public final class SftpClient implements FileClient {
  private final SftpClientSettings settings;

  private SftpClient(SftpClientSettings settings) {
    this.settings = settings;
  }

  /**
   * A client for a server.
   *
   * @param host a name or an address, IPv6 without brackets
   */
  public static SftpClient create(String host) {
    return over(SshClient.create(host));
  }

  /** A client for a server that {@code ssh} connects and logs in to. */
  public static SftpClient over(SshClient ssh) {
    return new SftpClient(SftpClientSettings.over(ssh));
  }

  /** Changes the connection below in any way: algorithms, timeouts, jump hosts. */
  public SftpClient ssh(UnaryOperator<SshClient> change) {
    return new SftpClient(settings.withSsh(change.apply(settings.ssh())));
  }

  /** Connects to this port, 1 to 65535, instead of 22. */
  public SftpClient port(int number) {
    return ssh(ssh -> ssh.port(number));
  }

  public SftpClient user(String name) {
    return ssh(ssh -> ssh.user(name));
  }

  /** Adds a credential. Credentials are tried in the order in which they were added. */
  public SftpClient credential(Credential another) {
    return ssh(ssh -> ssh.credential(another));
  }

  /** Which host keys are trusted; there is no default. */
  public SftpClient hostKeys(HostKeyPolicy policy) {
    return ssh(ssh -> ssh.hostKeys(policy));
  }

  /** Changes the sockets. */
  public SftpClient transport(UnaryOperator<Transport> change) {
    return ssh(ssh -> ssh.transport(change));
  }

  /** Changes which versions are spoken. */
  public SftpClient versions(UnaryOperator<SftpVersions> change) {
    return new SftpClient(settings.withVersions(change.apply(settings.versions())));
  }

  /** The longest wait for the answer to one request. */
  public SftpClient requestTime(Duration longest) {
    return new SftpClient(settings.withRequestTime(longest));
  }

  /** Changes how much is in flight. */
  public SftpClient flow(UnaryOperator<SftpFlow> change) {
    return new SftpClient(settings.withFlow(change.apply(settings.flow())));
  }

  /** Changes how files are written. */
  public SftpClient uploads(UnaryOperator<SftpUploads> change) {
    return new SftpClient(settings.withUploads(change.apply(settings.uploads())));
  }

  /** How SYMLINK is laid out. */
  public SftpClient symlinks(SymlinkOrder order) {
    return new SftpClient(settings.withSymlinks(order));
  }

  /** Also reports what happens in the sessions to {@code another} observer. */
  public SftpClient observer(SessionObserver another) {
    return new SftpClient(settings.withObserver(settings.observer().and(another)));
  }

  /** Measures the sessions in {@code registry}: see {@link Metrics} for the meters. */
  public SftpClient metrics(MeterRegistry registry) {
    return observer(Metrics.observer(registry));
  }

  /** Traces the sessions and their transfers in {@code registry}: see {@link Observations}. */
  public SftpClient observations(ObservationRegistry registry) {
    return observer(Observations.observer(registry));
  }

  /** Also gives the names of all messages of SSH to {@code another} reader. */
  public SftpClient trace(Consumer<String> another) {
    return ssh(ssh -> ssh.trace(another));
  }

  /** All settings: those that were set, and the defaults of the rest. */
  public SftpClientSettings settings() {
    return settings;
  }

  @Override
  public Mono<FileSession> connect() {
    return connectSftp().cast(FileSession.class);
  }

  /** As {@link #connect()}, with the features that only SFTP has. */
  public Mono<SftpSession> connectSftp() {
    return SessionOpening.open(settings);
  }
}
