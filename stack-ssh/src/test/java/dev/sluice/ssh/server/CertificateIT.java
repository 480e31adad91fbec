package dev.sluice.ssh.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.BoundServer;
import dev.sluice.ssh.AuthorizedUsers;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostKeyRefused;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPrivateKey;
import dev.sluice.ssh.key.file.PrivateKeyFile;
import dev.sluice.ssh.key.trust.AuthorizedKeys;
import dev.sluice.ssh.key.trust.KeyText;
import dev.sluice.ssh.peer.PeerAccount;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.ssh.peer.Sshd;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import dev.sluice.transport.door.StaticUsers;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Certificates that ssh-keygen signs, for users and hosts, with OpenSSH on the other side. */
final class CertificateIT {
  private static final Duration WAIT = Duration.ofSeconds(60);

  private Scratch scratch;

  @BeforeEach
  void makeAuthority() {
    Peers.require("ssh", "sshd", "ssh-keygen");
    scratch = Scratch.create("certificates");
    keygen("-t", "ed25519", "-f", file("ca"), "-N", "");
  }

  @AfterEach
  void stop() {
    scratch.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  @Conforms({"SSH-095", "SSH-096", "SSH-140"})
  void opensshLetsUsInWithACertificate(String type) throws IOException {
    keygen("-t", type, "-f", file("user"), "-N", "");
    sign("user", "-n", PeerAccount.NAME, "-V", "+1h");
    try (Sshd sshd = Sshd.start("TrustedUserCAKeys " + file("ca.pub"))) {
      SshSession session =
          SshClient.create("127.0.0.1")
              .port(sshd.port())
              .user(PeerAccount.NAME)
              .credential(Credential.key(certified("user")))
              .hostKeys(HostKeyPolicy.pinned(sshd.fingerprint("ed25519")))
              .connect()
              .block(WAIT);

      assertThat(sshd.eventuallyLogs("Accepted certificate ID \"an id\"")).isTrue();
      session.close().block(WAIT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  @Conforms({"SSH-095", "SSH-096", "SSH-099"})
  void ourServerLetsOpensshInWithACertificate(String type) throws IOException {
    keygen("-t", type, "-f", file("user"), "-N", "");
    sign("user", "-n", "ann,bob", "-V", "+1h");

    withServer(port -> assertThat(ssh(port, "hello").requireSuccess().stdout()).isEqualTo("hello"));
  }

  @ParameterizedTest
  @CsvSource({
    "-n bob -V +1h",
    "-n ann -V 20200101:20210101",
    "-n ann -V +1h -O source-address=10.0.0.0/8",
    "-n ann -V +1h -h"
  })
  @Conforms({"SSH-097", "SSH-099"})
  void ourServerRefusesACertificateForOthersOrOtherTimesOrPlaces(String options)
      throws IOException {
    keygen("-t", "ed25519", "-f", file("user"), "-N", "");
    sign("user", options.split(" "));

    withServer(
        port -> {
          Run run = ssh(port, "hello");
          assertThat(run.exitCode()).isEqualTo(255);
          assertThat(run.stderr()).contains("Permission denied");
        });
  }

  @Test
  @Conforms({"SSH-099", "SSH-169"})
  void ourServerRunsWhatTheCertificateForces() throws IOException {
    keygen("-t", "ed25519", "-f", file("user"), "-N", "");
    sign("user", "-n", "ann", "-V", "+1h", "-O", "force-command=this and no other");

    withServer(
        port ->
            assertThat(ssh(port, "hello").requireSuccess().stdout())
                .isEqualTo("this and no other"));
  }

  @Test
  @Conforms({"SSH-098", "SSH-172"})
  void weTrustAHostWithACertificateOfAnAuthorityOnRecord() throws IOException {
    try (Sshd sshd = Sshd.start("HostCertificate " + file("host-cert.pub"), hostKeyLine())) {
      String line = "@cert-authority [127.0.0.1]:* " + Files.readString(Path.of(file("ca.pub")));
      Path known = scratch.write("known_hosts", line);

      SshSession session = connect(sshd, "127.0.0.1", known);
      assertThat(session.info().algorithms()).contains("ssh-ed25519-cert-v01@openssh.com");
      session.close().block(WAIT);

      assertThatThrownBy(() -> connect(sshd, "localhost", known)) // not one of its names
          .isInstanceOf(HostKeyRefused.class);
      scratch.write(
          "known_hosts", line + "@revoked * " + Files.readString(Path.of(file("ca.pub"))));
      assertThatThrownBy(() -> connect(sshd, "127.0.0.1", known))
          .isInstanceOf(HostKeyRefused.class)
          .hasMessageContaining("revoked");
    }
  }

  @Test
  @Conforms({"SSH-093", "SSH-098"})
  void opensshTrustsOurHostsCertificate() throws IOException {
    keygen("-t", "ed25519", "-f", file("user"), "-N", "");
    sign("user", "-n", "ann", "-V", "+1h");
    keygen("-t", "ed25519", "-f", file("host"), "-N", "");
    sign("host", "-h", "-n", "127.0.0.1", "-V", "+1h");
    BoundServer server = server(certified("host"));
    int port = server.address().getPort();
    try {
      scratch.write(
          "known_hosts",
          "@cert-authority [127.0.0.1]:* " + Files.readString(Path.of(file("ca.pub"))));
      assertThat(ssh(port, "hello", "StrictHostKeyChecking=yes").requireSuccess().stdout())
          .isEqualTo("hello");

      scratch.write("known_hosts", "");
      assertThat(ssh(port, "hello", "StrictHostKeyChecking=yes").exitCode()).isEqualTo(255);
    } finally {
      server.close().block(WAIT);
    }
  }

  @Test
  @Conforms("SSH-097")
  void weAreRefusedWithACertificateThatHasExpired() throws IOException {
    keygen("-t", "ed25519", "-f", file("user"), "-N", "");
    sign("user", "-n", "ann", "-V", "20200101:20210101");

    withServer(
        port ->
            assertThatThrownBy(
                    () ->
                        SshClient.create("127.0.0.1")
                            .port(port)
                            .user("ann")
                            .credential(Credential.key(certified("user")))
                            .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone())
                            .connect()
                            .block(WAIT))
                .isInstanceOf(AuthenticationFailed.class));
  }

  @Test
  void anAuthorityOfTheServerLetsItsUsersInUntilTheCertificateIsRevoked() throws IOException {
    keygen("-t", "ed25519", "-f", file("user"), "-N", "");
    sign("user", "-n", "ann,bob", "-V", "+1h", "-z", "7");
    keygen("-t", "ed25519", "-f", file("host"), "-N", "");
    Path revoked = Path.of(file("revoked"));
    Files.writeString(revoked, "# nobody\n");
    AuthorizedUsers users =
        AuthorizedUsers.by(
                user -> user.equals("ann") ? Mono.just(AuthorizedKeys.parse()) : Mono.empty(),
                StaticUsers.none())
            .trustedUserCaKeys(Path.of(file("ca.pub")))
            .revokedKeys(revoked);
    BoundServer server =
        SshServer.create()
            .host("127.0.0.1")
            .port(0)
            .hostKey(SshKeyPair.of(privateKey("host")))
            .users(users)
            .bind()
            .block(WAIT);
    try {
      int port = server.address().getPort();
      logIn(port, "ann", certified("user"));
      assertRefused(port, "bob", certified("user")); // named, but there is no such user
      assertRefused(port, "ann", SshKeyPair.of(privateKey("user"))); // the key alone

      Files.writeString(Path.of(file("specification")), "serial: 7\n");
      keygen("-k", "-f", revoked.toString(), "-s", file("ca.pub"), file("specification"));
      assertRefused(port, "ann", certified("user"));

      Files.writeString(Path.of(file("specification")), "serial: 8\n");
      keygen("-k", "-f", revoked.toString(), "-s", file("ca.pub"), file("specification"));
      logIn(port, "ann", certified("user"));

      Files.writeString(revoked, "cut short");
      assertRefused(port, "ann", certified("user"));
      Files.delete(revoked);
      assertRefused(port, "ann", certified("user"));
    } finally {
      server.close().block(WAIT);
    }
  }

  private static void logIn(int port, String user, SshKeyPair key) {
    SshClient.create("127.0.0.1")
        .port(port)
        .user(user)
        .credential(Credential.key(key))
        .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone())
        .connect()
        .block(WAIT)
        .close()
        .block(WAIT);
  }

  private static void assertRefused(int port, String user, SshKeyPair key) {
    assertThatThrownBy(() -> logIn(port, user, key)).isInstanceOf(AuthenticationFailed.class);
  }

  /** What uses a server on a port. */
  private interface OnPort {
    void run(int port) throws IOException;
  }

  private void withServer(OnPort use) throws IOException {
    keygen("-t", "ed25519", "-f", file("host"), "-N", "");
    BoundServer server = server(SshKeyPair.of(privateKey("host")));
    try {
      use.run(server.address().getPort());
    } finally {
      server.close().block(WAIT);
    }
  }

  /** A server of which ann is a user, with every certificate of the authority; it echoes. */
  private BoundServer server(SshKeyPair hostKey) throws IOException {
    AuthorizedKeys keys =
        AuthorizedKeys.parse("cert-authority " + Files.readString(Path.of(file("ca.pub"))));
    return SshServer.create()
        .host("127.0.0.1")
        .port(0)
        .hostKey(hostKey)
        .users(
            AuthorizedUsers.by(
                user -> user.equals("ann") ? Mono.just(keys) : Mono.empty(), StaticUsers.none()))
        .exec(
            call ->
                call.send(
                        Mono.fromSupplier(
                            () -> Unpooled.copiedBuffer(call.command(), StandardCharsets.UTF_8)))
                    .thenReturn(0))
        .bind()
        .block(WAIT);
  }

  private String hostKeyLine() throws IOException {
    keygen("-t", "ed25519", "-f", file("host"), "-N", "");
    sign("host", "-h", "-n", "127.0.0.1", "-V", "+1h");
    return "HostKey " + file("host");
  }

  private static SshSession connect(Sshd sshd, String host, Path known) {
    return SshClient.create(host)
        .port(sshd.port())
        .user(PeerAccount.NAME)
        .credential(Credential.password(PeerAccount.PASSWORD))
        .hostKeys(HostKeyPolicy.knownHosts(known))
        .connect()
        .block(WAIT);
  }

  private Run ssh(int port, String command, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "ssh",
                "-F",
                "none",
                "-p",
                Integer.toString(port),
                "-i",
                file("user"),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + file("known_hosts")));
    for (String option :
        options.length == 0 ? new String[] {"StrictHostKeyChecking=no"} : options) {
      words.addAll(List.of("-o", option));
    }
    words.addAll(List.of("ann@127.0.0.1", command));
    return Run.of(words, scratch.base());
  }

  private SshKeyPair certified(String name) throws IOException {
    String[] line = Files.readString(Path.of(file(name + "-cert.pub"))).split(" ");
    return new SshKeyPair(KeyText.parse(line[0], line[1].strip()), privateKey(name));
  }

  private SshPrivateKey privateKey(String name) throws IOException {
    return PrivateKeyFile.read(Files.readAllBytes(Path.of(file(name))), new char[0]).key();
  }

  private void sign(String name, String... options) {
    List<String> arguments = new ArrayList<>(List.of("-s", file("ca"), "-I", "an id"));
    arguments.addAll(List.of(options));
    arguments.add(file(name + ".pub"));
    keygen(arguments.toArray(String[]::new));
  }

  private void keygen(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q"));
    command.addAll(List.of(arguments));
    Run.of(command, scratch.base()).requireSuccess();
  }

  private String file(String name) {
    return scratch.file(name).toString();
  }
}
