package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.BoundServer;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostKeyRefused;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.key.Curve;
import dev.sluice.ssh.key.EcdsaPrivateKey;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.trust.KnownHosts;
import dev.sluice.ssh.peer.PeerAccount;
import dev.sluice.ssh.peer.Sshd;
import dev.sluice.ssh.server.SshServer;
import dev.sluice.ssh.server.TestServer;
import dev.sluice.test.Conforms;
import dev.sluice.transport.door.StaticUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Which host keys a client trusts, with files on record. */
final class HostKeyPolicyIT {
  private static final Duration WAIT = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private final SshKeyPair hostKey = pair();
  private TestServer server;
  private Path file;

  @BeforeEach
  void start() {
    server = TestServer.start(hostKey, options -> options);
    file = directory.resolve("known_hosts");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Conforms("SSH-173")
  void aKeyOnRecordIsTrusted() throws IOException {
    Files.writeString(file, line(hostKey));

    connect(HostKeyPolicy.knownHosts(file)).close().block(WAIT);
  }

  @Test
  @Conforms("SSH-173")
  void cve202526465AHostOfWhichNothingIsOnRecordIsRefused() {
    assertRefused(HostKeyPolicy.knownHosts(file), "nothing is on record");
  }

  @Test
  @Conforms({"SSH-048", "SSH-173"})
  void aChangedKeyIsRefusedEvenOnFirstUse() throws IOException {
    Files.writeString(file, line(pair()));

    assertRefused(HostKeyPolicy.knownHosts(file), "another is on record");
    assertRefused(HostKeyPolicy.trustOnFirstUse(file), "another is on record");
    assertThat(Files.readString(file)).isEqualTo(line(pairOnRecord()));
  }

  @Test
  @Conforms("SSH-172")
  void aRevokedKeyIsRefusedThoughItIsOnRecord() throws IOException {
    Files.writeString(file, line(hostKey) + "@revoked " + line(hostKey));

    assertRefused(HostKeyPolicy.knownHosts(file), "revoked");
  }

  @Test
  void aPinnedKeyOfAnotherTypeIsAskedForBeforeTheHostIsRefused() {
    SshKeyPair ecdsa = SshKeyPair.of(EcdsaPrivateKey.generate(Curve.NISTP256, new SecureRandom()));
    BoundServer both = server(hostKey, ecdsa);
    int port = both.address().getPort();

    connect(HostKeyPolicy.pinned(ecdsa.publicKey().fingerprint()), port).close().block(WAIT);
    assertThatThrownBy(() -> connect(HostKeyPolicy.pinned(pair().publicKey().fingerprint()), port))
        .isInstanceOf(HostKeyRefused.class)
        .hasMessageContaining("not pinned");
    both.close().block(WAIT);
  }

  @Test
  void aFileThatCannotBeReadIsNoReasonToTrust() throws IOException {
    Files.createDirectory(file);

    assertThatThrownBy(() -> connect(HostKeyPolicy.trustOnFirstUse(file)))
        .hasMessageContaining("cannot read");
  }

  @Test
  void aFirstUseIsPutOnRecordAndTrustedFromThenOn() throws IOException {
    connect(HostKeyPolicy.trustOnFirstUse(file)).close().block(WAIT);

    assertThat(Files.readString(file)).isEqualTo(line(hostKey));
    connect(HostKeyPolicy.knownHosts(file)).close().block(WAIT);
  }

  @Test
  void aHostThatSomebodyConfirmsIsPutOnRecordAndOneThatIsDeniedIsNot() throws IOException {
    assertThatThrownBy(
            () -> connect(HostKeyPolicy.confirmed(file, (host, port, key) -> Mono.just(false))))
        .isInstanceOf(HostKeyRefused.class);
    assertThat(file).doesNotExist();

    connect(HostKeyPolicy.confirmed(file, (host, port, key) -> Mono.just(true)))
        .close()
        .block(WAIT);

    assertThat(Files.readString(file)).isEqualTo(line(hostKey));
    connect(
            HostKeyPolicy.confirmed(
                file, (host, port, key) -> Mono.error(new AssertionError("asked again"))))
        .close()
        .block(WAIT);
  }

  @Test
  @Conforms({"SSH-173", "SSH-176"})
  void aHostsOtherKeysGoOnRecordOnceProvedSoThatItMayChangeToThem() throws IOException {
    SshKeyPair next = SshKeyPair.of(EcdsaPrivateKey.generate(Curve.NISTP256, new SecureRandom()));
    BoundServer both = server(hostKey, next);
    int port = both.address().getPort();
    SshSession session = connect(HostKeyPolicy.trustOnFirstUse(file), port);
    assertThat(eventually(() -> Files.readString(file).contains("ecdsa-sha2-nistp256"))).isTrue();
    session.close().block(WAIT);
    String recorded = Files.readString(file);
    connect(HostKeyPolicy.trustOnFirstUse(file), port).close().block(WAIT);
    assertThat(Files.readString(file)).isEqualTo(recorded); // none twice
    both.close().block(WAIT);

    BoundServer rotated = server(port, next);
    connect(HostKeyPolicy.knownHosts(file), port).close().block(WAIT);
    rotated.close().block(WAIT);
  }

  @Test
  @Conforms("SSH-176")
  void opensshsOtherKeysGoOnRecordToo() {
    try (Sshd sshd = Sshd.start()) {
      SshSession session =
          SshClient.create("127.0.0.1")
              .port(sshd.port())
              .user(PeerAccount.NAME)
              .credential(Credential.password(PeerAccount.PASSWORD))
              .hostKeys(HostKeyPolicy.trustOnFirstUse(file))
              .connect()
              .block(WAIT);

      assertThat(eventually(() -> Files.readString(file).contains("ssh-rsa"))).isTrue();
      assertThat(eventually(() -> Files.readString(file).lines().count() == 3)).isTrue();
      session.close().block(WAIT);
    }
  }

  @Test
  @Conforms("SSH-176")
  void aPolicyThatDoesNotLearnAsksForNoProof() throws IOException {
    BoundServer both =
        server(
            hostKey, SshKeyPair.of(EcdsaPrivateKey.generate(Curve.NISTP256, new SecureRandom())));
    int port = both.address().getPort();
    String line = KnownHosts.line("127.0.0.1", port, hostKey.publicKey()) + "\n";
    Files.writeString(file, line);

    SshSession session = connect(HostKeyPolicy.knownHosts(file), port);
    session.exec("anything").block(WAIT); // answered behind a proof, had one been asked for
    session.close().block(WAIT);

    assertThat(Files.readString(file)).isEqualTo(line);
    both.close().block(WAIT);
  }

  private static BoundServer server(SshKeyPair... keys) {
    return server(0, keys);
  }

  private static BoundServer server(int port, SshKeyPair... keys) {
    SshServer server =
        SshServer.create()
            .host("127.0.0.1")
            .port(port)
            .users(StaticUsers.of(TestServer.USER, TestServer.PASSWORD))
            .exec(call -> Mono.just(0));
    for (SshKeyPair key : keys) {
      server = server.hostKey(key);
    }
    return server.bind().block(WAIT);
  }

  /** Whether the condition comes true in time. */
  private static boolean eventually(Callable<Boolean> condition) {
    return Boolean.TRUE.equals(
        Mono.fromCallable(condition)
            .repeatWhen(ended -> ended.delayElements(Duration.ofMillis(10)))
            .filter(isTrue -> isTrue)
            .blockFirst(WAIT));
  }

  private SshKeyPair recorded = hostKey;

  private SshKeyPair pairOnRecord() {
    return recorded;
  }

  private String line(SshKeyPair key) {
    recorded = key;
    return KnownHosts.line("127.0.0.1", server.port(), key.publicKey()) + "\n";
  }

  private void assertRefused(HostKeyPolicy policy, String why) {
    assertThatThrownBy(() -> connect(policy))
        .isInstanceOf(HostKeyRefused.class)
        .hasMessageContaining(why);
  }

  private SshSession connect(HostKeyPolicy policy) {
    return connect(policy, server.port());
  }

  private static SshSession connect(HostKeyPolicy policy, int port) {
    return SshClient.create("127.0.0.1")
        .port(port)
        .user(TestServer.USER)
        .credential(Credential.password(TestServer.PASSWORD))
        .hostKeys(policy)
        .connect()
        .block(WAIT);
  }

  private static SshKeyPair pair() {
    return SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom()));
  }
}
