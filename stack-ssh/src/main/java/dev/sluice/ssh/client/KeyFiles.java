package dev.sluice.ssh.client;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.StrictModes;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPrivateKey;
import dev.sluice.ssh.key.file.PrivateKeyFile;
import dev.sluice.ssh.key.trust.KeyText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keys in files, and the certificates beside them. Blocks: call it off the event loop. */
final class KeyFiles {
  private static final String CERTIFICATE = "-cert.pub";

  private KeyFiles() {}

  /** The certificate for the key if there is one, then the key alone. */
  static List<SshKeyPair> read(Credential.KeyFile credential) {
    Path file = credential.file();
    try {
      if (credential.strictModes()) {
        StrictModes.requirePrivate(file);
      }
      SshPrivateKey key =
          PrivateKeyFile.read(Files.readAllBytes(file), credential.passphrase().clone()).key();
      SshKeyPair plain = SshKeyPair.of(key);
      Path certificate = Path.of(file + CERTIFICATE);
      return Files.exists(certificate)
          ? List.of(certified(key, certificate), plain)
          : List.of(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the key file " + e.getMessage(), e);
    }
  }

  private static SshKeyPair certified(SshPrivateKey key, Path certificate) throws IOException {
    String[] fields = Files.readString(certificate).strip().split("[ \t]+", 3);
    if (fields.length < 2) {
      throw new IOException("no certificate in " + certificate);
    }
    return new SshKeyPair(KeyText.parse(fields[0], fields[1]), key);
  }
}
