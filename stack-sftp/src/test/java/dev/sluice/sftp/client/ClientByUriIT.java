package dev.sluice.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileSession;
import dev.sluice.client.Clients;
import dev.sluice.client.RemoteClient;
import dev.sluice.client.blocking.BlockingOptions;
import dev.sluice.client.nio.ServerFileSystems;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.peer.Sshd;
import dev.sluice.test.peer.Peers;
import dev.sluice.transport.connect.HostTrust;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** A client by URI, with OpenSSH's server and with a key that OpenSSH has made. */
final class ClientByUriIT {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final char[] PASSPHRASE = "open sesame".toCharArray();

  @Test
  void aKeyFileAndTheKnownHostsAreEnough(@TempDir Path directory) throws Exception {
    Peers.require("ssh-keygen");
    Path key = directory.resolve("id");
    Path known = directory.resolve("known_hosts");
    Files.writeString(directory.resolve("seen"), "there");
    AtomicInteger asked = new AtomicInteger();
    try (Sshd sshd =
        Sshd.start(List.of(generated(key, new String(PASSPHRASE))), "PermitRootLogin yes")) {
      URI uri = URI.create("sftp://root@127.0.0.1:" + sshd.port() + directory);
      assertThat(size(Clients.of(uri, c -> c.keyFile(key, PASSPHRASE).acceptNewHostKeys(known))))
          .isEqualTo(5);

      RemoteClient client =
          Clients.of(
              uri,
              c ->
                  c.keyFile(
                          key,
                          Mono.fromCallable(
                              () -> {
                                asked.incrementAndGet();
                                return PASSPHRASE.clone();
                              }))
                      .knownHosts(known)
                      .password(
                          Mono.fromCallable(() -> "is not asked for" + asked.addAndGet(100))));

      assertThat(size(client)).isEqualTo(5);
      assertThat(asked).hasValue(1);
      try (FileSystem files =
          ServerFileSystems.of(client, PoolOptions.most(3), BlockingOptions.DEFAULT)) {
        Path in = files.getPath(directory.toString(), "in");
        Files.createDirectories(in.resolve("deep"));
        Files.copy(files.getPath(directory + "/seen"), in.resolve("deep/x"));
        try (Stream<Path> all = Files.walk(in)) {
          assertThat(all.map(path -> in.relativize(path).toString()))
              .containsExactlyInAnyOrder("", "deep", "deep/x");
        }
        assertThat(directory.resolve("in/deep/x")).hasContent("there");
      }
    }
  }

  @Test
  void theKeysOfAnAgentAreUsed(@TempDir Path directory) throws Exception {
    Peers.require("ssh-agent", "ssh-add", "ssh-keygen");
    Files.writeString(directory.resolve("seen"), "there");
    Path socket = directory.resolve("agent");
    Process agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .start();
    try (Sshd sshd =
        Sshd.start(List.of(generated(directory.resolve("id"), "")), "PermitRootLogin yes")) {
      assertThat(agent.inputReader().readLine()).contains("SSH_AUTH_SOCK"); // it listens
      ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", directory.resolve("id").toString());
      add.environment().put("SSH_AUTH_SOCK", socket.toString());
      assertThat(add.inheritIO().start().waitFor()).isZero();
      RemoteClient client =
          Clients.of(
              URI.create("sftp://root@127.0.0.1:" + sshd.port() + directory),
              c -> c.agent(socket).hostKeys(HostTrust.pinned(sshd.fingerprint("ed25519"))));

      assertThat(size(client)).isEqualTo(5);
    } finally {
      agent.destroy();
    }
  }

  @Test
  void anAliasOfSshConfigLeadsThroughAJumpHost(@TempDir Path directory) throws Exception {
    Peers.require("ssh-keygen");
    Files.writeString(directory.resolve("seen"), "there");
    Path key = directory.resolve("id");
    SshPublicKey pair = generated(key, "");
    try (Sshd jump = Sshd.start(List.of(pair), "PermitRootLogin yes");
        Sshd sshd = Sshd.start(List.of(pair), "PermitRootLogin yes")) {
      Path config =
          Files.writeString(
              directory.resolve("config"),
              """
              Host hop
                HostName 127.0.0.1
                Port %d
                User root
              Host box
                HostName 127.0.0.1
                Port %d
                User root
                ProxyJump hop
              Host *
                IdentityFile %s
                UserKnownHostsFile %s
                StrictHostKeyChecking accept-new
              """
                  .formatted(jump.port(), sshd.port(), key, directory.resolve("known")));
      RemoteClient client =
          Clients.of(URI.create("sftp://box" + directory), c -> c.sshConfig(config));

      assertThat(size(client)).isEqualTo(5);

      assertThat(Files.readAllLines(directory.resolve("known")))
          .anyMatch(line -> line.contains(":" + jump.port() + " "))
          .anyMatch(line -> line.contains(":" + sshd.port() + " "));
    }
  }

  @Test
  void theUriSaysMoreThanSshConfig(@TempDir Path directory) throws Exception {
    Peers.require("ssh-keygen");
    Files.writeString(directory.resolve("seen"), "there");
    Path key = directory.resolve("id");
    try (Sshd sshd = Sshd.start(List.of(generated(key, "")), "PermitRootLogin yes")) {
      Path config =
          Files.writeString(
              directory.resolve("config"), "Host 127.0.0.1\n  User nobody\n  Port 9\n");
      RemoteClient client =
          Clients.of(
              URI.create("sftp://root@127.0.0.1:" + sshd.port() + directory),
              c ->
                  c.sshConfig(config)
                      .keyFile(key)
                      .hostKeys(HostTrust.pinned(sshd.fingerprint("ed25519"))));

      assertThat(size(client)).isEqualTo(5);
    }
  }

  @Test
  void sshConfigThatCannotBeUnderstoodIsRefusedAtOnce(@TempDir Path directory) throws Exception {
    Path broken = Files.writeString(directory.resolve("config"), "Host box\n  Port many\n");
    assertThatThrownBy(() -> Clients.of(URI.create("sftp://box/"), c -> c.sshConfig(broken)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ort");
    Path missing = directory.resolve("missing");
    assertThat(Clients.of(URI.create("sftp://ann@box/"), c -> c.sshConfig(missing))).isNotNull();
  }

  private static long size(RemoteClient client) {
    return Mono.usingWhen(
            client.connect(),
            session ->
                session
                    .list(client.place().path())
                    .filter(entry -> entry.name().equals("seen"))
                    .map(FileEntry::size)
                    .single(),
            FileSession::close)
        .blockOptional(WAIT)
        .orElseThrow();
  }

  private static SshPublicKey generated(Path file, String passphrase) throws Exception {
    Process made =
        new ProcessBuilder(
                "ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", file.toString())
            .inheritIO()
            .start();
    assertThat(made.waitFor()).isZero();
    String[] words = Files.readString(Path.of(file + ".pub")).split(" ");
    return SshPublicKey.decode(Base64.getDecoder().decode(words[1]));
  }
}
