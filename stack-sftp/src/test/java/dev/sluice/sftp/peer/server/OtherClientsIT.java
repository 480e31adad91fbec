package dev.sluice.sftp.peer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.peer.Run;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server with clients other than OpenSSH's. */
final class OtherClientsIT {
  private Served served;

  @BeforeEach
  void start() {
    served = Served.start();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  @Conforms("SFTP-044")
  void paramikoDoesAllThatItCan() {
    Peers.require("paramiko");

    assertThat(served.python("paramiko_files.py").requireSuccess().stdout()).contains("well done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "4", "5", "6"})
  @Conforms({"SFTP-044", "SFTP-099", "SFTP-102", "SFTP-107", "SFTP-112", "SFTP-119"})
  void asyncsshDoesAllThatItCanInEachVersion(String version) {
    Peers.require("asyncssh");

    Run run = served.python("asyncssh_files.py", version);

    assertThat(run.requireSuccess().stdout()).contains("well done");
  }

  @Test
  void rcloneSynchronisesATreeAndFindsNoDifference() throws IOException {
    Peers.require("rclone");
    Path tree = tree();
    String remote =
        ":sftp,host=127.0.0.1,port=%d,user=%s,key_file=%s,shell_type=none:synced"
            .formatted(served.port(), Served.USER, served.local("id"));

    served.run("rclone", "-q", "sync", tree.toString(), remote).requireSuccess();
    served.run("rclone", "-q", "check", "--download", tree.toString(), remote).requireSuccess();

    assertThat(served.root().resolve("synced/deep/one"))
        .hasSameBinaryContentAs(tree.resolve("deep/one"));
  }

  @Test
  void lftpMirrorsATreeThereAndBack() throws IOException {
    Peers.require("lftp");
    Path tree = tree();
    String script =
        "set sftp:auto-confirm yes; set net:max-retries 1; mirror -R %s there; mirror there %s; bye"
            .formatted(tree, served.local("back"));

    served
        .run(
            "lftp",
            "-u",
            Served.USER + "," + Served.PASSWORD,
            "-e",
            script,
            "sftp://127.0.0.1:" + served.port())
        .requireSuccess();

    assertThat(served.local("back/deep/one")).hasSameBinaryContentAs(tree.resolve("deep/one"));
  }

  @Test
  void psftpMovesFilesBothWays() throws IOException {
    Peers.require("psftp");
    Path sent = served.random("sent", 1_500_000);
    Path batch =
        served
            .scratch()
            .write("psftp", "put %s f\nget f %s\nls\n".formatted(sent, served.local("back")));

    served
        .run(
            "psftp",
            "-batch",
            "-hostkey",
            served.fingerprint(),
            "-P",
            Integer.toString(served.port()),
            "-pw",
            Served.PASSWORD,
            "-b",
            batch.toString(),
            Served.USER + "@127.0.0.1")
        .requireSuccess();

    assertThat(served.local("back")).hasSameBinaryContentAs(sent);
  }

  @Test
  void curlMovesFilesBothWays() throws IOException {
    Peers.require("curl");
    Path sent = served.random("sent", 1_500_000);
    String url = "sftp://127.0.0.1:" + served.port() + "/f";
    String user = Served.USER + ":" + Served.PASSWORD;

    served.run("curl", "-sSk", "-u", user, "-T", sent.toString(), url).requireSuccess();
    served
        .run("curl", "-sSk", "-u", user, "-o", served.local("back").toString(), url)
        .requireSuccess();

    assertThat(served.local("back")).hasSameBinaryContentAs(sent);
  }

  @Test
  void sshfsIsUsedAsADirectory() throws IOException {
    Peers.require("sshfs", "fuse");
    Path mount = Files.createDirectory(served.local("mount"));
    served
        .run("sshfs", "-F", served.local("config").toString(), "sluice:/", mount.toString())
        .requireSuccess();
    try {
      Path sent = served.random("sent", 1_500_000);
      Files.copy(sent, mount.resolve("f"));
      assertThat(mount.resolve("f")).hasSameBinaryContentAs(sent);
      Files.createDirectory(mount.resolve("d"));
      Files.move(mount.resolve("f"), mount.resolve("d/g"));
      Files.createSymbolicLink(mount.resolve("l"), Path.of("d/g"));
      assertThat(mount.resolve("l")).hasSameBinaryContentAs(sent);
      Files.delete(mount.resolve("l"));
      Files.delete(mount.resolve("d/g"));
      Files.delete(mount.resolve("d"));
      assertThat(served.root()).isEmptyDirectory();
    } finally {
      served.run("fusermount3", "-u", mount.toString());
    }
  }

  private Path tree() throws IOException {
    Path tree = served.local("tree");
    Files.createDirectories(tree.resolve("deep"));
    Files.move(served.random("one", 700_000), tree.resolve("deep/one"));
    for (int i = 0; i < 50; i++) {
      Files.writeString(tree.resolve("small " + i), "x".repeat(i));
    }
    return tree;
  }
}
