package dev.sluice.sftp.both;

import dev.sluice.api.BoundServer;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.Storage;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.transport.door.StaticUsers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A server of ours on a free port, and clients that know it. */
final class BothEnds implements AutoCloseable {
  static final Duration WAIT = Duration.ofSeconds(60);

  private static final String USER = "ann";
  private static final String PASSWORD = "open-sesame";

  private final BoundServer server;

  private BothEnds(BoundServer server) {
    this.server = server;
  }

  static BothEnds serving(Storage files) {
    return serving(files, server -> server);
  }

  static BothEnds serving(Storage files, UnaryOperator<SftpServer> change) {
    return serving(Identity.of(USER), files, change);
  }

  static BothEnds startingAt(RemotePath home, Storage files) {
    return serving(Identity.of(USER).withHome(home), files, server -> server);
  }

  static BothEnds observed(Storage files, SessionObserver observer) {
    return serving(files, server -> server.observer(observer));
  }

  private static BothEnds serving(Identity user, Storage files, UnaryOperator<SftpServer> change) {
    BoundServer server =
        change
            .apply(
                SftpServer.create()
                    .host("127.0.0.1")
                    .port(0)
                    .hostKey(SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom())))
                    .users(StaticUsers.none().with(user, PASSWORD))
                    .storage(files))
            .bind()
            .block(WAIT);
    return new BothEnds(Objects.requireNonNull(server));
  }

  int port() {
    return server.address().getPort();
  }

  BoundServer running() {
    return server;
  }

  int sessions() {
    return server.sessions();
  }

  SftpClient client() {
    return client(port());
  }

  /** One that goes through something in between. */
  SftpClient client(int port) {
    return SftpClient.create("127.0.0.1")
        .port(port)
        .user(USER)
        .credential(Credential.password(PASSWORD))
        .hostKeys(HostKeyPolicy.pinned(server.fingerprints().get(0)));
  }

  SftpSession session() {
    return Objects.requireNonNull(client().connectSftp().block(WAIT));
  }

  /** Ends the server and its sessions from another thread. */
  void closeLater() {
    server.close().subscribe();
  }

  @Override
  public void close() {
    server.close().block(WAIT);
  }
}
