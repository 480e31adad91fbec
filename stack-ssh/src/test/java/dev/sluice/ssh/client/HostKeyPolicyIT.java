package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostKeyRefused;
import dev.sluice.ssh.SshClient;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.trust.KnownHosts;
import dev.sluice.ssh.server.TestServer;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    return SshClient.create("127.0.0.1")
        .port(server.port())
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
