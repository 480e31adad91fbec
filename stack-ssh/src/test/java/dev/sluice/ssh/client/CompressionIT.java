package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.PacketAlgorithms;
import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.algorithm.Compressions;
import dev.sluice.ssh.peer.PeerAccount;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.ssh.peer.Sshd;
import dev.sluice.ssh.server.TestServer;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compressed connections with OpenSSH on the other side. */
final class CompressionIT {
  private static final Duration WAIT = Duration.ofMinutes(2);

  @Test
  @Conforms({"SSH-111", "SSH-112", "SSH-119"})
  void opensshsServerReadsWhatWeCompressAcrossChangesOfKeys() {
    try (Sshd sshd = Sshd.start("Compression yes")) {
      SshSession session =
          SshClient.create("127.0.0.1")
              .port(sshd.port())
              .user(PeerAccount.NAME)
              .credential(Credential.password(PeerAccount.PASSWORD))
              .hostKeys(HostKeyPolicy.pinned(sshd.fingerprint("ed25519")))
              .security(
                  usual -> {
                    PacketAlgorithms packets =
                        usual
                            .algorithms()
                            .clientToServer()
                            .withCompressions(List.of(Compressions.ZLIB_DELAYED));
                    return usual
                        .withAlgorithms(usual.algorithms().withPackets(packets))
                        .withRekey(new RekeyPolicy(4 << 20, 1L << 31, Duration.ofHours(1)));
                  })
              .connect()
              .block(WAIT);
      assertThat(session.info().algorithms()).contains("zlib@openssh.com");

      Echo.moves(32, session.exec("cat").block(WAIT));

      session.close().block(WAIT);
    }
  }

  @Test
  @Conforms({"SSH-111", "SSH-112", "SSH-119"})
  void opensshsClientReadsWhatWeCompressAcrossChangesOfKeys() throws IOException {
    Peers.require("ssh", "sshpass");
    try (Scratch scratch = Scratch.create("compression");
        TestServer server = TestServer.start()) {
      Path sent = scratch.file("sent");
      Files.write(sent, halfRandom(32 << 20));
      List<String> shell =
          List.of(
              "sh",
              "-c",
              "sshpass -p %s ssh -v -F none -C -o RekeyLimit=4M -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -p %d %s@127.0.0.1 cat > %s"
                  .formatted(
                      TestServer.PASSWORD, server.port(), TestServer.USER, scratch.file("back")));

      Run run = Run.of(shell, sent, scratch.base(), WAIT).requireSuccess();

      assertThat(run.stderr()).contains("compression: zlib@openssh.com", "Enabling compression");
      assertThat(Files.mismatch(sent, scratch.file("back"))).isEqualTo(-1);
    }
  }

  /** Octets of which every second page is nothing but zeros. */
  private static byte[] halfRandom(int length) {
    byte[] octets = new byte[length];
    byte[] page = new byte[4096];
    Random random = new Random(5);
    for (int i = 0; i < length; i += 2 * page.length) {
      random.nextBytes(page);
      System.arraycopy(page, 0, octets, i, page.length);
    }
    return octets;
  }
}
