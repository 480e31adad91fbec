package dev.sluice.ssh.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server with OpenSSH's client. */
final class SshServerIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  private static Scratch scratch;
  private static TestServer server;

  @BeforeAll
  static void start() {
    Peers.require("ssh", "sshpass");
    scratch = Scratch.create("server");
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    scratch.close();
  }

  @Test
  @Conforms({"SSH-191", "SSH-195"})
  void aCommandsOutputAndStatusReachTheClient() {
    Run run = ssh("echo hello");

    assertThat(run.stdout()).isEqualTo("hello\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  @Conforms("SSH-189")
  void aFailingCommandHasAStatusAndItsErrorsAreKeptApart() {
    Run run = ssh("fail");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("it failed");
    assertThat(run.stdout()).isEmpty();
  }

  @Test
  void aShellIsRefusedAndTheConnectionEndsInOrder() {
    assertThat(ssh("-T").stderr()).contains("shell request failed");
  }

  @Test
  void aWrongPasswordIsRefused() {
    assertThat(ssh("wrong", Path.of("/dev/null"), List.of(), "echo no").exitCode()).isNotZero();
  }

  @Test
  @Conforms({"SSH-116", "SSH-118", "SSH-049"})
  void muchDataComesBackUnharmedWhileKeysChangeAllTheTime() throws IOException {
    Path big = randomFile(256 << 20);
    Path back = scratch.file("back");
    List<String> shell =
        List.of(
            "sh",
            "-c",
            String.join(
                    " ",
                    command(
                        TestServer.PASSWORD,
                        List.of("-c", "aes128-gcm@openssh.com", "-o", "RekeyLimit=4M"),
                        "cat"))
                + " > "
                + back);

    Run.of(shell, big, scratch.base(), LONG).requireSuccess();

    assertThat(Files.mismatch(big, back)).isEqualTo(-1);
  }

  private static Path randomFile(int length) throws IOException {
    Path file = scratch.file("big");
    byte[] block = new byte[1 << 20];
    Random random = new Random(7);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < length; i += block.length) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    return file;
  }

  private static Run ssh(String command) {
    return ssh(TestServer.PASSWORD, Path.of("/dev/null"), List.of(), command);
  }

  private static Run ssh(String password, Path input, List<String> options, String command) {
    return Run.of(command(password, options, command), input, scratch.base(), LONG);
  }

  private static List<String> command(String password, List<String> options, String command) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "sshpass",
                "-p",
                password,
                "ssh",
                "-F",
                "none",
                "-p",
                Integer.toString(server.port()),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "NumberOfPasswordPrompts=1"));
    words.addAll(options);
    if (command.startsWith("-")) {
      words.add(command);
      words.add(TestServer.USER + "@127.0.0.1");
    } else {
      words.add(TestServer.USER + "@127.0.0.1");
      words.add(command);
    }
    return words;
  }
}
