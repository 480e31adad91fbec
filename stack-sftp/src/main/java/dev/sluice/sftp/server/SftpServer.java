package dev.sluice.sftp.server;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileServer;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.RightsStorage;
import dev.sluice.api.storage.Storage;
import dev.sluice.sftp.SftpServerOptions;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.server.RunningServer;
import dev.sluice.ssh.server.SshServer;
import dev.sluice.transport.door.StaticUsers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An SFTP server, versions 3 to 6, over SSH. Immutable: every setting answers a new value. It
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
public final class SftpServer implements FileServer {
  /** The port of SSH. */
  public static final int DEFAULT_PORT = 22;

  private final SshServer ssh;
  private final @Nullable Storage storage;
  private final @Nullable HostKeyFiles keyDirectory;
  private final List<SshKeyPair> hostKeys;
  private final SftpServerOptions options;
  private final SessionObserver observer;

  private SftpServer(
      SshServer ssh,
      @Nullable Storage storage,
      @Nullable HostKeyFiles keyDirectory,
      List<SshKeyPair> hostKeys,
      SftpServerOptions options,
      SessionObserver observer) {
    this.ssh = ssh;
    this.storage = storage;
    this.keyDirectory = keyDirectory;
    this.hostKeys = List.copyOf(hostKeys);
    this.options = options;
    this.observer = observer;
  }

  /** A server on port 22 of every address, with no keys, no files and no users. */
  public static SftpServer create() {
    return new SftpServer(
        SshServer.create().port(DEFAULT_PORT).users(StaticUsers.none()),
        null,
        null,
        List.of(),
        SftpServerOptions.DEFAULT,
        SessionObserver.NONE);
  }

  /** Listens on one address only; empty = on all, IPv4 and IPv6. */
  public SftpServer host(String address) {
    return new SftpServer(ssh.host(address), storage, keyDirectory, hostKeys, options, observer);
  }

  /**
   * Listens on this port; 0 = a free one, which {@link dev.sluice.api.BoundServer#address()} tells.
   */
  public SftpServer port(int number) {
    return new SftpServer(ssh.port(number), storage, keyDirectory, hostKeys, options, observer);
  }

  /** Where the files are. */
  public SftpServer storage(Storage files) {
    return new SftpServer(ssh, files, keyDirectory, hostKeys, options, observer);
  }

  /** Who may log in. */
  public SftpServer users(Authenticator who) {
    return new SftpServer(ssh.users(who), storage, keyDirectory, hostKeys, options, observer);
  }

  /**
   * Proves the host by the keys {@code ssh_host_TYPE_key} in this directory. An Ed25519 key is made
   * when the server is first bound, readable by its owner only.
   */
  public SftpServer hostKeys(Path directory) {
    return hostKeys(directory, true);
  }

  /**
   * As {@link #hostKeys(Path)}.
   *
   * @param strictModes whether keys that others can read are refused, and a directory in which
   *     others can write; see {@link dev.sluice.ssh.StrictModes}
   */
  public SftpServer hostKeys(Path directory, boolean strictModes) {
    HostKeyFiles files = new HostKeyFiles(directory, strictModes);
    return new SftpServer(ssh, storage, files, hostKeys, options, observer);
  }

  /** Adds a key that proves the host; clients choose among the types. */
  public SftpServer hostKey(SshKeyPair another) {
    List<SshKeyPair> keys = new ArrayList<>(hostKeys);
    keys.add(another);
    return new SftpServer(ssh, storage, keyDirectory, keys, options, observer);
  }

  /** Changes settings. */
  public SftpServer options(UnaryOperator<SftpServerOptions> change) {
    return new SftpServer(ssh, storage, keyDirectory, hostKeys, change.apply(options), observer);
  }

  /** Also tells {@code another} what happens. */
  public SftpServer observer(SessionObserver another) {
    return new SftpServer(ssh, storage, keyDirectory, hostKeys, options, observer.and(another));
  }

  /**
   * Binds the port. Signals {@link ConnectFailed} when it cannot be had, and {@link
   * IllegalStateException} when no storage or no key was set.
   */
  @Override
  public Mono<RunningServer> bind() {
    return Mono.defer(
        () -> {
          if (storage == null) {
            throw new IllegalStateException("a server needs a storage: call storage(...)");
          }
          SftpSubsystem subsystem = new SftpSubsystem(RightsStorage.of(storage), options, observer);
          return keys()
              .map(keys -> withKeys(keys).subsystem(SftpSubsystem.NAME, subsystem))
              .flatMap(SshServer::bind);
        });
  }

  private SshServer withKeys(List<SshKeyPair> keys) {
    SshServer server = ssh.options(unused -> options.ssh()).observer(observer);
    for (SshKeyPair key : keys) {
      server = server.hostKey(key);
    }
    return server;
  }

  private Mono<List<SshKeyPair>> keys() {
    if (keyDirectory == null) {
      return Mono.just(hostKeys);
    }
    HostKeyFiles files = keyDirectory;
    return Mono.fromCallable(files::load)
        .subscribeOn(IoScheduler.shared())
        .map(
            stored -> {
              List<SshKeyPair> all = new ArrayList<>(hostKeys);
              all.addAll(stored);
              return all;
            });
  }
}
