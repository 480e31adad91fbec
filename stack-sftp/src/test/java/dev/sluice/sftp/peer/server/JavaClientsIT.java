package dev.sluice.sftp.peer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.sftp.SFTPClient;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server with the SFTP clients that Java programs use. */
final class JavaClientsIT {
  private static final Duration WAIT = Duration.ofSeconds(20);

  private Served served;
  private Path sent;
  private Path back;

  @BeforeEach
  void start() {
    served = Served.start();
    sent = served.random("sent", 2_500_000);
    back = served.local("back");
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  @Conforms("SFTP-044")
  void jschMovesFilesBothWays() throws Exception {
    Session session = new JSch().getSession(Served.USER, "127.0.0.1", served.port());
    session.setPassword(Served.PASSWORD.getBytes(StandardCharsets.UTF_8));
    session.setConfig("StrictHostKeyChecking", "no");
    session.connect();
    try {
      ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
      sftp.connect();
      sftp.mkdir("d");
      sftp.put(sent.toString(), "d/f");
      sftp.get("d/f", back.toString());
      sftp.symlink("f", "d/l");
      assertThat(sftp.readlink("d/l")).isEqualTo("f");
      assertThat(sftp.ls("d")).hasSize(4);
      sftp.rename("d/f", "d/g");
      sftp.chmod(0600, "d/g");
      assertThat(sftp.stat("d/g").getSize()).isEqualTo(2_500_000);
    } finally {
      session.disconnect();
    }
    assertThat(back).hasSameBinaryContentAs(sent);
  }

  @Test
  void sshjMovesFilesBothWays() throws IOException {
    try (SSHClient ssh = new SSHClient()) {
      ssh.addHostKeyVerifier(new net.schmizz.sshj.transport.verification.PromiscuousVerifier());
      ssh.connect("127.0.0.1", served.port());
      ssh.authPassword(Served.USER, Served.PASSWORD);
      try (SFTPClient sftp = ssh.newSFTPClient()) {
        sftp.mkdirs("/d/e");
        sftp.put(sent.toString(), "/d/e/f");
        sftp.get("/d/e/f", back.toString());
        assertThat(sftp.ls("/d/e")).hasSize(1);
        sftp.chmod("/d/e/f", 0640);
        sftp.truncate("/d/e/f", 10);
        assertThat(sftp.size("/d/e/f")).isEqualTo(10);
        sftp.rename("/d/e/f", "/d/g");
        sftp.rm("/d/g");
        sftp.rmdir("/d/e");
      }
    }
    assertThat(back).hasSameBinaryContentAs(sent);
  }

  @ParameterizedTest
  @Conforms({"SFTP-044", "SFTP-112"})
  @ValueSource(ints = {3, 4, 5, 6})
  void minaMovesFilesBothWaysInEachVersion(int version) throws IOException {
    try (SshClient ssh = SshClient.setUpDefaultClient()) {
      ssh.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
      ssh.start();
      try (ClientSession session =
          ssh.connect(Served.USER, "127.0.0.1", served.port()).verify(WAIT).getSession()) {
        session.addPasswordIdentity(Served.PASSWORD);
        session.auth().verify(WAIT);
        try (var sftp =
            SftpClientFactory.instance()
                .createSftpClient(session, SftpVersionSelector.fixedVersionSelector(version))) {
          use(sftp, version);
        }
      }
    }
    assertThat(back).hasSameBinaryContentAs(sent);
  }

  private void use(org.apache.sshd.sftp.client.SftpClient sftp, int version) throws IOException {
    assertThat(sftp.getVersion()).isEqualTo(version);
    sftp.mkdir("d");
    try (var out = sftp.write("d/f", OpenMode.Write, OpenMode.Create, OpenMode.Truncate)) {
      Files.copy(sent, out);
    }
    try (var in = sftp.read("d/f")) {
      Files.copy(in, back, StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(sftp.stat("d/f").getSize()).isEqualTo(2_500_000);
    assertThat(sftp.readEntries("d")).hasSize(3);
    sftp.symLink("d/l", "f");
    assertThat(sftp.readLink("d/l")).isEqualTo("f");
    if (version == 6) {
      sftp.link("d/h", "d/f", false);
      assertThat(sftp.lstat("d/h").getSize()).isEqualTo(2_500_000);
      sftp.remove("d/h");
    }
    sftp.remove("d/l");
    sftp.rename("d/f", "d/g");
    sftp.remove("d/g");
    sftp.rmdir("d");
  }
}
