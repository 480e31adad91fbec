package dev.sluice.ssh.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client of OpenSSH that knows nothing but one old algorithm. */
final class OldClientsIT {
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final int LENGTH = 3 << 20;

  @ParameterizedTest
  @CsvSource({
    "KexAlgorithms, diffie-hellman-group1-sha1",
    "KexAlgorithms, diffie-hellman-group14-sha1",
    "KexAlgorithms, diffie-hellman-group-exchange-sha1",
    "Ciphers, 3des-cbc",
    "Ciphers, aes128-cbc",
    "MACs, hmac-sha1"
  })
  void itMovesDataAndChangesKeysWhereThatIsAllowedOnly(String setting, String algorithm)
      throws IOException {
    Peers.require("ssh", "sshpass");
    try (Scratch scratch = Scratch.create("old");
        TestServer usual = TestServer.start();
        TestServer old = TestServer.start(OldClientsIT::withOldOnes)) {
      byte[] content = new byte[LENGTH];
      new Random(3).nextBytes(content);
      Path input = Files.write(scratch.file("input"), content);
      Path back = scratch.file("back");

      Run refused = ssh(usual, setting + "=" + algorithm, input, back, scratch);
      assertThat(refused.exitCode()).isNotZero();
      assertThat(refused.stderr()).contains("no matching").doesNotContain(algorithm);

      ssh(old, setting + "=" + algorithm, input, back, scratch).requireSuccess();
      assertThat(Files.mismatch(input, back)).isEqualTo(-1);
    }
  }

  private static SshServer withOldOnes(SshServer server) {
    return server.security(
        usual -> usual.withAlgorithms(usual.algorithms().withDangerouslyOldOnes()));
  }

  private static Run ssh(
      TestServer server, String algorithm, Path input, Path back, Scratch scratch) {
    List<String> words =
        new ArrayList<>(List.of("sshpass", "-p", TestServer.PASSWORD, "ssh", "-F", "none"));
    for (String option :
        List.of(
            algorithm,
            algorithm.startsWith("MACs") ? "Ciphers=aes128-ctr" : "Compression=no",
            "RekeyLimit=1M",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null")) {
      words.addAll(List.of("-o", option));
    }
    words.addAll(
        List.of("-p", Integer.toString(server.port()), TestServer.USER + "@127.0.0.1", "cat"));
    String line = String.join(" ", words) + " > " + back;
    return Run.of(List.of("sh", "-c", line), input, scratch.base(), WAIT);
  }
}
