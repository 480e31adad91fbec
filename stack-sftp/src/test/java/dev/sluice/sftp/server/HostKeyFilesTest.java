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
    HostKeyFiles files = new HostKeyFiles(directory, true);

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

    assertThatThrownBy(() -> new HostKeyFiles(base, true).load())
        .isInstanceOf(RuntimeException.class);
    assertThat(file).hasContent("nonsense");
  }

  @Test
  void aKeyThatOthersCanReadIsRefusedUnlessThatIsAllowed() throws IOException {
    Path directory = base.resolve("keys");
    new HostKeyFiles(directory, true).load();
    assertThat(mode(directory)).isEqualTo("rwx------");
    Path file = directory.resolve("ssh_host_ed25519_key");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> new HostKeyFiles(directory, true).load())
        .hasMessageContaining("rw-r-----")
        .hasMessageContaining("chmod 600 " + file);
    assertThat(new HostKeyFiles(directory, false).load()).hasSize(1);
  }

  @Test
  void aDirectoryInWhichOthersCanWriteIsRefused() throws IOException {
    Path directory = base.resolve("keys");
    new HostKeyFiles(directory, true).load();

    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));

    assertThatThrownBy(() -> new HostKeyFiles(directory, true).load())
        .hasMessageContaining("chmod go-w " + directory);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
