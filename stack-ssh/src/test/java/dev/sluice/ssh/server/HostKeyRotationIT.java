package dev.sluice.ssh.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.BoundServer;
import dev.sluice.ssh.key.Curve;
import dev.sluice.ssh.key.EcdsaPrivateKey;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A server tells and proves all its host keys, so that clients know the next one in time. */
final class HostKeyRotationIT {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  @Conforms({"SSH-093", "SSH-175", "SSH-176"})
  void opensshPutsASecondKeyOnRecordWhenItIsProved() {
    Peers.require("ssh", "sshpass");
    BoundServer server =
        SshServer.create()
            .host("127.0.0.1")
            .port(0)
            .hostKey(SshKeyPair.of(Ed25519PrivateKey.generate(RANDOM)))
            .hostKey(SshKeyPair.of(EcdsaPrivateKey.generate(Curve.NISTP256, RANDOM)))
            .users(TestServer.users())
            .exec(call -> Mono.just(0).delayElement(Duration.ofSeconds(1))) // proofs take a moment
            .bind()
            .block(WAIT);
    try (Scratch scratch = Scratch.create("rotation")) {
      connect(scratch, server.address().getPort(), "HostKeyAlgorithms=ssh-ed25519");
      assertThat(scratch.read("known_hosts")).contains("ssh-ed25519").doesNotContain("ecdsa");

      connect(scratch, server.address().getPort(), "UpdateHostKeys=yes");

      assertThat(scratch.read("known_hosts")).contains("ssh-ed25519").contains("ecdsa-sha2");
    } finally {
      server.close().block(WAIT);
    }
  }

  private static void connect(Scratch scratch, int port, String option) {
    Run.of(
            List.of(
                "sshpass",
                "-p",
                TestServer.PASSWORD,
                "ssh",
                "-F",
                "none",
                "-p",
                Integer.toString(port),
                "-o",
                "StrictHostKeyChecking=accept-new",
                "-o",
                option,
                "-o",
                "HashKnownHosts=no",
                "-o",
                "UserKnownHostsFile=" + scratch.file("known_hosts"),
                TestServer.USER + "@127.0.0.1",
                "anything"),
            scratch.base())
        .requireSuccess();
  }
}
