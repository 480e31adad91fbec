package dev.sluice.cli;

import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.file.KeyFileException;
import dev.sluice.ssh.key.file.PrivateKeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Private keys of the user, asking for passphrases on the terminal. */
final class KeyFiles {
  private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");
  private static final char[] NO_PASSPHRASE = {};

  private KeyFiles() {}

  /** Where keys are when nobody says where. */
  static List<Path> usual(Path directory) {
    return USUAL.stream().map(directory::resolve).toList();
  }

  /** The key in a file that was named; {@link UsageError} when there is none to be had. */
  static SshKeyPair required(Path file) {
    try {
      return read(file);
    } catch (KeyFileException.PassphraseRequired e) {
      throw new UsageError(file + " needs a passphrase, and there is no terminal to ask on");
    } catch (IOException | KeyFileException e) {
      throw new UsageError("cannot use " + file + ": " + e.getMessage());
    }
  }

  /** The keys that are there and can be read; others are left out. */
  static List<SshKeyPair> found(List<Path> files) {
    List<SshKeyPair> keys = new ArrayList<>();
    for (Path file : files) {
      try {
        if (Files.isReadable(file)) {
          keys.add(read(file));
        }
      } catch (IOException | KeyFileException e) {
        // one that cannot be used is no reason not to try the next
      }
    }
    return keys;
  }

  private static SshKeyPair read(Path file) throws IOException {
    if (Files.size(file) > PrivateKeyFile.MAX_BYTES) {
      throw new IOException("it is too large for a key");
    }
    byte[] content = Files.readAllBytes(file);
    try {
      return SshKeyPair.of(PrivateKeyFile.read(content, NO_PASSPHRASE).key());
    } catch (KeyFileException.PassphraseRequired e) {
      String typed = Terminal.askPassword("Passphrase for " + file + ": ");
      if (typed == null) {
        throw e;
      }
      char[] passphrase = typed.toCharArray();
      try {
        return SshKeyPair.of(PrivateKeyFile.read(content, passphrase).key());
      } finally {
        Arrays.fill(passphrase, '\0');
      }
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }
}
