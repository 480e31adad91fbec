package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.BoundServer;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.transport.door.StaticUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that has old algorithms only is reached by who asks for them. */
final class LegacyIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path home;
  private BoundServer server;
  private String url;

  @BeforeEach
  void serve() throws IOException {
    Path served = Files.createDirectory(home.resolve("served"));
    Files.writeString(served.resolve("f"), "x");
    SshAlgorithms usual = SshAlgorithms.forServer();
    SshAlgorithms all = usual.withDangerouslyOldOnes();
    SshAlgorithms old =
        usual.withKex(all.kex().stream().filter(kex -> !usual.kex().contains(kex)).toList());
    server =
        SftpServer.create()
            .host("127.0.0.1")
            .port(0)
            .hostKey(SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom())))
            .users(StaticUsers.of("ann", "pw"))
            .storage(LocalStorage.at(served))
            .ssh(h -> h.security(s -> s.withAlgorithms(old)))
            .bind()
            .block(LIMIT);
    url = "sftp://ann:pw@127.0.0.1:" + server.address().getPort() + "/f";
  }

  @AfterEach
  void stop() {
    server.close().block(LIMIT);
  }

  @Test
  void everyCommandTakesTheOptionAndTellsOfItWhereItIsMissing() throws Exception {
    List<List<String>> commands =
        List.of(
            List.of("ls", url),
            List.of("get", url, "got"),
            List.of("put", "got", url + "2"),
            List.of("mv", url + "2", url + "3"),
            List.of("rm", url + "3"),
            List.of("mkdir", url + "4"));
    for (List<String> command : commands) {
      try (SluiceProcess without = start(command)) {
        assertThat(without.status()).as(without.err()).isEqualTo(3);
        assertThat(without.err()).contains("--legacy");
      }
      try (SluiceProcess with = start(command, "--legacy")) {
        assertThat(with.status()).as(with.err()).isZero();
      }
    }
    assertThat(home.resolve("got")).hasContent("x");
  }

  private SluiceProcess start(List<String> command, String... more) {
    List<String> all = new ArrayList<>(List.of(command.get(0), "--insecure-host-key"));
    all.addAll(List.of(more));
    all.addAll(command.subList(1, command.size()));
    return SluiceProcess.start(home, all.toArray(String[]::new));
  }
}
