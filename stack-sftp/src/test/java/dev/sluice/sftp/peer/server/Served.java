package dev.sluice.sftp.peer.server;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.BoundServer;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPrivateKey;
import dev.sluice.ssh.key.file.OpenSshKeyFile;
import dev.sluice.ssh.key.file.StoredKey;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.transport.door.StaticUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * A server of files on a disk, and what the programs that use it need: keys and a configuration.
 */
final class Served implements AutoCloseable {
  static final String USER = "ann";
  static final String PASSWORD = "open-sesame";
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final Scratch scratch;
  private final SshKeyPair hostKey;
  private final BoundServer running;

  private Served(Scratch scratch, SshKeyPair hostKey, BoundServer running) {
    this.scratch = scratch;
    this.hostKey = hostKey;
    this.running = running;
  }

  static Served start() {
    return start(server -> server);
  }

  static Served start(UnaryOperator<SftpServer> change) {
    Scratch scratch = Scratch.create("sftp");
    SecureRandom random = new SecureRandom();
    SshKeyPair hostKey = SshKeyPair.of(Ed25519PrivateKey.generate(random));
    SshPrivateKey user = Ed25519PrivateKey.generate(random);
    scratch.write("id", OpenSshKeyFile.format(new StoredKey(user, ""), random));
    try {
      Files.createDirectory(scratch.file("root"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    BoundServer running =
        change
            .apply(
                SftpServer.create()
                    .host("127.0.0.1")
                    .port(0)
                    .hostKey(hostKey)
                    .users(users(user))
                    .storage(LocalStorage.at(scratch.file("root"))))
            .bind()
            .block(WAIT);
    Served served = new Served(scratch, hostKey, Objects.requireNonNull(running));
    served.configure();
    return served;
  }

  /** What clients see. */
  Path root() {
    return scratch.file("root");
  }

  /** A place for the files of clients. */
  Path local(String name) {
    return scratch.file(name);
  }

  Scratch scratch() {
    return scratch;
  }

  int port() {
    return running.address().getPort();
  }

  String fingerprint() {
    return hostKey.publicKey().fingerprint();
  }

  BoundServer running() {
    return running;
  }

  /** A file of random octets. */
  Path random(String name, int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    try {
      return Files.write(local(name), octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** OpenSSH's {@code sftp} with these lines as its batch. */
  Run sftp(String... batch) {
    Path lines = scratch.write("batch", String.join("\n", batch) + "\n");
    return run("sftp", "-q", "-F", local("config").toString(), "-b", lines.toString(), "sluice");
  }

  /** Runs a program of OpenSSH, or another that reads its configuration. */
  Run run(String... command) {
    return Run.of(List.of(command), Path.of("/dev/null"), scratch.base(), DEADLINE);
  }

  /** Runs a script of Python beside this class with host, port, user and password. */
  Run python(String name, String... more) {
    try (var in = Served.class.getResourceAsStream(name)) {
      Path script = local(name);
      Files.write(script, Objects.requireNonNull(in, name).readAllBytes());
      List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-W", "ignore"));
      command.addAll(
          List.of(script.toString(), "127.0.0.1", Integer.toString(port()), USER, PASSWORD));
      command.addAll(List.of(more));
      return run(command.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    running.close().block(WAIT);
    scratch.close();
  }

  private void configure() {
    scratch.write(
        "config",
        String.join(
            "\n",
            "Host sluice",
            "  HostName 127.0.0.1",
            "  Port " + port(),
            "  User " + USER,
            "  IdentityFile " + local("id"),
            "  IdentitiesOnly yes",
            "  StrictHostKeyChecking no",
            "  UserKnownHostsFile /dev/null",
            "  LogLevel ERROR",
            ""));
  }

  private static Authenticator users(SshPrivateKey user) {
    StaticUsers passwords = StaticUsers.of(USER, PASSWORD);
    String known = user.publicKey().fingerprint();
    return attempt -> {
      if (attempt instanceof LoginAttempt.PublicKey key) {
        return key.user().equals(USER) && known.equals(key.fingerprint())
            ? Mono.just(Identity.of(USER))
            : Mono.error(new AuthenticationFailed("login refused"));
      }
      return passwords.authenticate(attempt);
    };
  }
}
