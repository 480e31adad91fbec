package dev.sluice.ssh.peer;

import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import reactor.core.publisher.Mono;

/** OpenSSH's server with keys and a configuration of its own, on a free port of loopback. */
public final class Sshd implements AutoCloseable {
  private static final Duration LOG_DEADLINE = Duration.ofSeconds(10);

  private final Scratch scratch;
  private final ServerProcess process;
  private final int port;

  private Sshd(Scratch scratch, ServerProcess process, int port) {
    this.scratch = scratch;
    this.process = process;
    this.port = port;
  }

  /** Starts one; {@code more} are lines of sshd_config that go first, so that they win. */
  public static Sshd start(String... more) {
    return start(List.of(), more);
  }

  /**
   * Starts one.
   *
   * @param keys whose holders may log in as {@link PeerAccount}
   */
  public static Sshd start(List<SshPublicKey> keys, String... more) {
    Peers.require("sshd", "ssh-keygen");
    Scratch scratch = Scratch.create("sshd");
    try {
      PeerAccount.ensure(scratch);
      Files.createDirectories(Path.of("/run/sshd")); // it insists on this one
      int port = Scratch.freePort();
      Path config = scratch.write("sshd_config", configuration(scratch, keys, port, more));
      List<String> command =
          List.of(Peers.program("sshd").toString(), "-D", "-e", "-f", config.toString());
      return new Sshd(scratch, ServerProcess.start(command, scratch, port), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** The process that listens; those of sessions are below it. */
  public long pid() {
    return process.pid();
  }

  /**
   * The fingerprint of its host key of this type: {@code ed25519}, {@code rsa} or {@code ecdsa}.
   */
  public String fingerprint(String type) {
    String line =
        Run.of(
                List.of("ssh-keygen", "-l", "-f", scratch.file("host_" + type) + ".pub"),
                scratch.base())
            .requireSuccess()
            .stdout();
    return line.split(" ")[1];
  }

  public Path hostKeyFile(String type) {
    return scratch.file("host_" + type);
  }

  public String log() {
    return scratch.read("log");
  }

  /** Whether its process, which goes its own way, writes this within seconds. */
  public boolean eventuallyLogs(String text) {
    return Boolean.TRUE.equals(
        Mono.fromSupplier(() -> log().contains(text))
            .repeatWhen(ended -> ended.delayElements(Duration.ofMillis(20)))
            .filter(written -> written)
            .take(LOG_DEADLINE)
            .blockFirst());
  }

  /** Kills it with all of its sessions, and starts it again on the same port. */
  public void restart() {
    process.restart();
  }

  @Override
  public void close() {
    process.close();
    scratch.close();
  }

  private static String configuration(
      Scratch scratch, List<SshPublicKey> keys, int port, String... more) {
    List<String> lines = new ArrayList<>(List.of(more));
    for (String type : List.of("ed25519", "ecdsa", "rsa")) {
      Path file = scratch.file("host_" + type);
      Run.of(
              List.of("ssh-keygen", "-q", "-N", "", "-t", type, "-f", file.toString()),
              scratch.base())
          .requireSuccess();
      lines.add("HostKey " + file);
    }
    StringBuilder authorized = new StringBuilder();
    for (SshPublicKey key : keys) {
      String blob = Base64.getEncoder().encodeToString(key.blob());
      authorized.append(key.type()).append(' ').append(blob).append('\n');
    }
    Path keysFile = scratch.write("authorized_keys", authorized.toString());
    keysFile.toFile().setReadable(true, false);
    lines.add("AuthorizedKeysFile " + keysFile);
    lines.add("StrictModes no");
    lines.add("ListenAddress 127.0.0.1:" + port);
    lines.add("PidFile none");
    lines.add("UsePAM yes");
    lines.add("PasswordAuthentication yes");
    lines.add("KbdInteractiveAuthentication yes");
    lines.add("PrintMotd no");
    lines.add("MaxStartups 1000");
    lines.add("MaxSessions 100");
    lines.add("LogLevel VERBOSE");
    lines.add("Subsystem sftp internal-sftp");
    return String.join("\n", lines) + "\n";
  }
}
