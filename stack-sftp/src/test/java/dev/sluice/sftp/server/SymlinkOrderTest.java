package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SymlinkArguments;
import dev.sluice.sftp.message.PathRequest.Symlink;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.ssh.server.SshServer;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A SYMLINK that has {@code one} before {@code two}. */
@Conforms("SFTP-044")
final class SymlinkOrderTest {
  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2p1 Debian-2",
        "SSH-2.0-paramiko_2.12.0",
        "SSH-2.0-libssh2_1.10.0",
        "SSH-2.0-JSCH_0.2.18",
        "SSH-2.0-Go",
        "SSH-2.0-PuTTY_Release_0.78",
        ""
      })
  void mostHaveTheTargetFirst(String client) throws Exception {
    assertThat(made(client, SftpServerSettings.DEFAULT)).isEqualTo("two -> one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-AsyncSSH_2.10.1",
        "SSH-2.0-libssh_0.10.6",
        "SSH-2.0-WinSCP_release_6.3.4"
      })
  void whoLooksAtTheServerHasTheLinkFirstUnlessItPassesForOpenSsh(String client) throws Exception {
    SftpServerSettings disguised =
        SftpServerSettings.DEFAULT.withSsh(SshServer.create().software("OpenSSH_9.2"));

    assertThat(made(client, SftpServerSettings.DEFAULT)).isEqualTo("one -> two");
    assertThat(made(client, disguised)).isEqualTo("two -> one");
  }

  @Test
  void aSettingOverridesWhatIsKnown() throws Exception {
    SftpServerSettings options = SftpServerSettings.DEFAULT;

    assertThat(made("SSH-2.0-AsyncSSH_2.10.1", options.withSymlinks(SymlinkArguments.TARGET_FIRST)))
        .isEqualTo("two -> one");
    assertThat(made("SSH-2.0-OpenSSH_9.2", options.withSymlinks(SymlinkArguments.LINK_FIRST)))
        .isEqualTo("one -> two");
  }

  private String made(String client, SftpServerSettings options) throws Exception {
    try (ServedClient session = ServedClient.identified(client, LocalStorage.at(root), options)) {
      assertThat(session.status(new Symlink(1, "two", "one"))).isEqualTo(StatusCode.OK);
    }
    for (String name : new String[] {"one", "two"}) {
      Path link = root.resolve(name);
      if (Files.isSymbolicLink(link)) {
        String made = name + " -> " + Files.readSymbolicLink(link);
        Files.delete(link);
        return made;
      }
    }
    throw new AssertionError("no link");
  }
}
