package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerOptions;
import dev.sluice.sftp.SftpServerOptions.Symlinks;
import dev.sluice.sftp.message.PathRequest.Symlink;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.ssh.SshServerOptions;
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
    assertThat(made(client, SftpServerOptions.DEFAULT)).isEqualTo("two -> one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-AsyncSSH_2.10.1",
        "SSH-2.0-libssh_0.10.6",
        "SSH-2.0-WinSCP_release_6.3.4"
      })
  void whoLooksAtTheServerHasTheLinkFirstUnlessItPassesForOpenSsh(String client) throws Exception {
    SftpServerOptions disguised = SftpServerOptions.DEFAULT.withSsh(named("OpenSSH_9.2"));

    assertThat(made(client, SftpServerOptions.DEFAULT)).isEqualTo("one -> two");
    assertThat(made(client, disguised)).isEqualTo("two -> one");
  }

  @Test
  void aSettingOverridesWhatIsKnown() throws Exception {
    SftpServerOptions options = SftpServerOptions.DEFAULT;

    assertThat(made("SSH-2.0-AsyncSSH_2.10.1", options.withSymlinks(Symlinks.TARGET_FIRST)))
        .isEqualTo("two -> one");
    assertThat(made("SSH-2.0-OpenSSH_9.2", options.withSymlinks(Symlinks.LINK_FIRST)))
        .isEqualTo("one -> two");
  }

  private static SshServerOptions named(String software) {
    SshServerOptions like = SshServerOptions.DEFAULT;
    return new SshServerOptions(
        like.algorithms(),
        software,
        like.transport(),
        like.limits(),
        like.windows(),
        like.keepalive(),
        like.login(),
        like.connections(),
        like.channels(),
        like.environment());
  }

  private String made(String client, SftpServerOptions options) throws Exception {
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
