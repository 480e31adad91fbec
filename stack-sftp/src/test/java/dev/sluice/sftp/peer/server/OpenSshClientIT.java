package dev.sluice.sftp.peer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.peer.Run;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server with the programs of OpenSSH. */
final class OpenSshClientIT {
  private Served served;

  @BeforeEach
  void start() {
    Peers.require("ssh");
    served = Served.start();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  @Conforms({"SFTP-005", "SFTP-021", "SFTP-027", "SFTP-029", "SFTP-057"})
  void sftpMovesFilesBothWays() throws IOException {
    for (int length : new int[] {0, 1, 32_768, 261_121, 5_000_011}) {
      Path sent = served.random("sent", length);
      Path back = served.local("back");

      served.sftp("put " + sent + " f", "get f " + back).requireSuccess();

      assertThat(served.root().resolve("f")).hasSameBinaryContentAs(sent);
      assertThat(back).hasSameBinaryContentAs(sent);
    }
  }

  @Test
  void sftpMovesTreesWithTheirTimesAndModes() throws IOException {
    Path tree = Files.createDirectories(served.local("tree/deep/er"));
    Files.move(served.random("one", 100_000), tree.resolve("one"));
    Path two = Files.writeString(served.local("tree/two"), "two");
    Files.setPosixFilePermissions(two, PosixFilePermissions.fromString("rwx-w---x"));
    Files.setLastModifiedTime(two, java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));

    served
        .sftp("put -rp " + served.local("tree") + " tree", "get -rp tree " + served.local("back"))
        .requireSuccess();

    for (Path copy : new Path[] {served.root().resolve("tree"), served.local("back")}) {
      assertThat(copy.resolve("deep/er/one")).hasSameBinaryContentAs(tree.resolve("one"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("two"))))
          .isEqualTo("rwx-w---x");
      assertThat(Files.getLastModifiedTime(copy.resolve("two")).toMillis())
          .isEqualTo(1_000_000_000_000L);
    }
  }

  @Test
  void sftpResumesBothWays() throws IOException {
    Path whole = served.random("whole", 3_000_000);
    byte[] part = Arrays.copyOf(Files.readAllBytes(whole), 1_234_567);
    Path local = Files.write(served.local("local"), part);
    Files.copy(whole, served.root().resolve("whole"));
    Files.write(served.root().resolve("half"), part);

    served.sftp("reget whole " + local, "reput " + whole + " half").requireSuccess();

    assertThat(local).hasSameBinaryContentAs(whole);
    assertThat(served.root().resolve("half")).hasSameBinaryContentAs(whole);
  }

  @Test
  @Conforms({"SFTP-038", "SFTP-040", "SFTP-043", "SFTP-044", "SFTP-086", "SFTP-087", "SFTP-088"})
  void sftpManagesNamesLinksModesAndRoom() throws IOException {
    Path file = served.random("file", 1000);

    Run run =
        served.sftp(
            "mkdir d",
            "cd d",
            "pwd",
            "put " + file + " a",
            "ln a hard",
            "ln -s a soft",
            "ls -la",
            "chmod 640 a",
            "rename a b",
            "-rm a",
            "df",
            "rm hard",
            "-mkdir b",
            "ls -1");

    assertThat(run.requireSuccess().stdout())
        .contains("Remote working directory: /d")
        .containsPattern("lrwxrwxrwx .* soft")
        .containsPattern("Size +Used +Avail");
    Path directory = served.root().resolve("d");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("b", "soft");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("b"))))
        .isEqualTo("rw-r-----");
    assertThat(Files.readSymbolicLink(directory.resolve("soft"))).isEqualTo(Path.of("a"));
    served.sftp("rm d/*", "rmdir d").requireSuccess();
    assertThat(directory).doesNotExist();
  }

  @Test
  @Conforms("SFTP-092")
  void sftpCopiesOnTheServer() throws IOException {
    Path file = served.random("file", 3_000_000);
    Files.copy(file, served.root().resolve("file"), StandardCopyOption.REPLACE_EXISTING);
    Run run = served.sftp("cp file copy");
    if (run.stderr().contains("Invalid command")) {
      return; // clients before 9.0 cannot
    }
    run.requireSuccess();
    assertThat(served.root().resolve("copy")).hasSameBinaryContentAs(file);
  }

  @Test
  void scpMovesFilesAndTrees() throws IOException {
    Path tree = Files.createDirectories(served.local("tree/deep"));
    Files.move(served.random("one", 2_000_000), tree.resolve("one"));
    String config = served.local("config").toString();
    String from = served.local("tree").toString();

    served.run("scp", "-q", "-r", "-F", config, from, "sluice:tree").requireSuccess();
    served
        .run("scp", "-q", "-rp", "-F", config, "sluice:tree", served.local("back").toString())
        .requireSuccess();

    assertThat(served.local("back/deep/one")).hasSameBinaryContentAs(tree.resolve("one"));
  }

  @Test
  void aFileOfMoreThanFourGibibytesWithAHoleIsReadAtItsEnd() throws IOException {
    Path big = served.root().resolve("big");
    long size = (4L << 30) + 5;
    try (var channel =
        Files.newByteChannel(
            big,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      channel.position(size - 5).write(java.nio.ByteBuffer.wrap("hello".getBytes(UTF_8)));
    }
    Path local = served.local("big");
    try (var channel =
        Files.newByteChannel(
            local,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      channel.position(size - 6).write(java.nio.ByteBuffer.wrap(new byte[1]));
    }

    served.sftp("reget big " + local).requireSuccess();

    try (var channel = Files.newByteChannel(local)) {
      java.nio.ByteBuffer tail = java.nio.ByteBuffer.allocate(6);
      channel.position(size - 6).read(tail);
      assertThat(new String(tail.array(), 1, 5, UTF_8)).isEqualTo("hello");
    }
  }

  @Test
  @Conforms("SFTP-005")
  void commandsShellsAndForwardingsAreRefused() {
    String config = served.local("config").toString();
    assertThat(served.run("ssh", "-F", config, "sluice", "id").exitCode()).isNotZero();
    assertThat(served.run("ssh", "-F", config, "-T", "sluice").exitCode()).isNotZero();
    assertThat(served.run("ssh", "-F", config, "-W", "127.0.0.1:1", "sluice").exitCode())
        .isNotZero();
    assertThat(
            served
                .run(
                    "ssh",
                    "-F",
                    config,
                    "-o",
                    "ExitOnForwardFailure=yes",
                    "-N",
                    "-R",
                    "127.0.0.1:0:127.0.0.1:1",
                    "sluice")
                .exitCode())
        .isNotZero();
  }
}
