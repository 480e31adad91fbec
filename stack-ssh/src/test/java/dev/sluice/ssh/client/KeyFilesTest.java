package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.file.OpenSshKeyFile;
import dev.sluice.ssh.key.file.StoredKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The private key of a client in a file. */
final class KeyFilesTest {
  private static final char[] NONE = {};

  @TempDir private Path directory;

  @Test
  void aKeyThatOthersCanReadIsRefusedUnlessThatIsAllowed() throws Exception {
    Path file = directory.resolve("id");
    SecureRandom random = new SecureRandom();
    Ed25519PrivateKey key = Ed25519PrivateKey.generate(random);
    Files.writeString(file, OpenSshKeyFile.format(new StoredKey(key, ""), random));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> KeyFiles.read((Credential.KeyFile) Credential.keyFile(file, NONE)))
        .hasMessageContaining("rw-r--r--")
        .hasMessageContaining("chmod 600 " + file);
    assertThat(KeyFiles.read(new Credential.KeyFile(file, NONE, false, false)))
        .extracting(SshKeyPair::publicKey)
        .containsExactly(key.publicKey());
  }
}
