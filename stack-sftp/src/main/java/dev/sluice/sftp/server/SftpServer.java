package dev.sluice.sftp.server;

import dev.sluice.api.BoundServer;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileServer;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.RightsStorage;
import dev.sluice.api.storage.Storage;
import dev.sluice.sftp.HostKeyDirectory;
import dev.sluice.sftp.SftpServerLimits;
import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpServerUploads;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SymlinkArguments;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.server.SshServer;
import dev.sluice.transport.Transport;
import dev.sluice.transport.door.LoginLimits;
import dev.sluice.transport.door.SessionLimits;
import dev.sluice.transport.observe.Metrics;
import dev.sluice.transport.observe.Observations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * An SFTP server, versions 3 to 6, over SSH. Immutable: every setting returns another server. It
 * serves files and nothing else: no shell, no commands, no forwarding.
 *
 * <pre>{@code
 * SftpServer.create()
 *     .port(2222)
 *     .hostKeys(Path.of("keys"))
 *     .storage(LocalStorage.at(Path.of("files")))
 *     .users(StaticUsers.of("ann", "secret"))
 *     .bind();
 * }</pre>
 */
@SuppressWarnings(
    "exports") // Micrometer is optional: its modules are not required of all who build on this
public final class SftpServer implements FileServer {
  private final SftpServerSettings settings;

  private SftpServer(SftpServerSettings settings) {
    this.settings = settings;
  }

  /** A server on port 22 of every address, with no keys, no files and no users. */
  public static SftpServer create() {
    return new SftpServer(SftpServerSettings.DEFAULT);
  }

  /** Changes the connections below in any way: algorithms, keepalive, windows. */
  public SftpServer ssh(UnaryOperator<SshServer> change) {
    return new SftpServer(settings.withSsh(change.apply(settings.ssh())));
  }

  /** Listens on one address only; empty = on all, IPv4 and IPv6. */
  public SftpServer host(String address) {
    return ssh(ssh -> ssh.host(address));
  }

  /** Listens on this port; 0 = a free one, which {@link BoundServer#address()} returns. */
  public SftpServer port(int number) {
    return ssh(ssh -> ssh.port(number));
  }

  /** Where the files are. */
  public SftpServer storage(Storage files) {
    return new SftpServer(settings.withStorage(files));
  }

  /** Who may log in. */
  public SftpServer users(Authenticator who) {
    return ssh(ssh -> ssh.users(who));
  }

  /**
   * Proves the host with the keys {@code ssh_host_TYPE_key} in this directory. An Ed25519 key is
   * made when the server is first bound, readable by its owner only.
   */
  public SftpServer hostKeys(Path directory) {
    return hostKeys(new HostKeyDirectory(directory, true));
  }

  /** As {@link #hostKeys(Path)}. */
  public SftpServer hostKeys(HostKeyDirectory directory) {
    return new SftpServer(settings.withHostKeys(directory));
  }

  /** Adds a key that proves the host; clients choose among the types. */
  public SftpServer hostKey(SshKeyPair another) {
    return ssh(ssh -> ssh.hostKey(another));
  }

  /** Changes how many connections there may be. */
  public SftpServer sessions(UnaryOperator<SessionLimits> change) {
    return ssh(ssh -> ssh.sessions(change));
  }

  /** Changes what failed logins cost. */
  public SftpServer login(UnaryOperator<LoginLimits> change) {
    return ssh(ssh -> ssh.login(change));
  }

  /** Changes the sockets. */
  public SftpServer transport(UnaryOperator<Transport> change) {
    return ssh(ssh -> ssh.transport(change));
  }

  /** Changes what is accepted from a client. */
  public SftpServer limits(UnaryOperator<SftpServerLimits> change) {
    return new SftpServer(settings.withLimits(change.apply(settings.limits())));
  }

  /** The highest version, spoken with clients that offer it or more. */
  public SftpServer highestVersion(SftpVersion version) {
    return new SftpServer(settings.withHighestVersion(version));
  }

  /** Changes how files are written. */
  public SftpServer uploads(UnaryOperator<SftpServerUploads> change) {
    return new SftpServer(settings.withUploads(change.apply(settings.uploads())));
  }

  /** Which of its two paths a SYMLINK names first. */
  public SftpServer symlinks(SymlinkArguments order) {
    return new SftpServer(settings.withSymlinks(order));
  }

  /** Also reports what happens in the sessions to {@code another} observer. */
  public SftpServer observer(SessionObserver another) {
    return new SftpServer(settings.withObserver(settings.observer().and(another)));
  }

  /** Measures the sessions in {@code registry}: see {@link Metrics} for the meters. */
  public SftpServer metrics(MeterRegistry registry) {
    return observer(Metrics.observer(registry));
  }

  /** Traces the sessions and their transfers in {@code registry}: see {@link Observations}. */
  public SftpServer observations(ObservationRegistry registry) {
    return observer(Observations.observer(registry));
  }

  /** Also gives the names of all messages of SSH to {@code another} reader. */
  public SftpServer trace(Consumer<String> another) {
    return ssh(ssh -> ssh.trace(another));
  }

  /** All settings: those that were set, and the defaults of the rest. */
  public SftpServerSettings settings() {
    return settings;
  }

  /**
   * Binds the port. Signals {@link ConnectFailed} when it cannot be had, and {@link
   * IllegalStateException} when no storage or no key was set.
   */
  @Override
  public Mono<BoundServer> bind() {
    return ready().flatMap(SshServer::bind);
  }

  /**
   * Reads the host keys again, then emits what gives new connections of a running SFTP server these
   * settings, as {@link SshServer#successorOf} does; its exception is signalled.
   */
  public Mono<Runnable> successorOf(BoundServer running) {
    return ready().map(ssh -> ssh.successorOf(running));
  }

  private Mono<SshServer> ready() {
    return Mono.defer(
        () -> {
          Storage storage = settings.storage();
          if (storage == null) {
            throw new IllegalStateException("a server needs a storage: call storage(...)");
          }
          SftpSubsystem subsystem =
              new SftpSubsystem(RightsStorage.of(storage), settings, settings.observer());
          return keys().map(keys -> ssh(keys, subsystem));
        });
  }

  private SshServer ssh(List<SshKeyPair> keys, SftpSubsystem subsystem) {
    SshServer server =
        settings.ssh().observer(settings.observer()).subsystem(SftpSubsystem.NAME, subsystem);
    for (SshKeyPair key : keys) {
      server = server.hostKey(key);
    }
    return server;
  }

  private Mono<List<SshKeyPair>> keys() {
    HostKeyDirectory directory = settings.hostKeys();
    return directory == null
        ? Mono.just(List.of())
        : Mono.fromCallable(new HostKeyFiles(directory.path(), directory.strictModes())::load)
            .subscribeOn(settings.ssh().settings().transport().scheduler());
  }
}
