package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.key.SshKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostKeyFilesTest {
  @TempDir Path base;

  @Test
  void aKeyIsMadeOnceForItsOwnerAlone() throws IOException {
    Path directory = base.resolve("keys");
    HostKeyFiles files = new HostKeyFiles(directory);

    List<SshKeyPair> made = files.load();
    List<SshKeyPair> again = files.load();

    assertThat(made).hasSize(1);
    assertThat(again.get(0).publicKey()).isEqualTo(made.get(0).publicKey());
    assertThat(directory.toFile().list()).containsExactly("ssh_host_ed25519_key");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("ssh_host_ed25519_key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void whatIsNoKeyIsReportedAndNotReplaced() throws IOException {
    Path file = Files.writeString(base.resolve("ssh_host_ed25519_key"), "nonsense");

    assertThatThrownBy(() -> new HostKeyFiles(base).load()).isInstanceOf(RuntimeException.class);
    assertThat(file).hasContent("nonsense");
  }
}
