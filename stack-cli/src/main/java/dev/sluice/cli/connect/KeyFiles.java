package dev.sluice.cli.connect;

import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.status.UsageError;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.StrictModes;
import dev.sluice.ssh.key.file.KeyFileException;
import dev.sluice.ssh.key.file.PrivateKeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Private keys of the user, whose passphrases come from a variable or the terminal. */
final class KeyFiles {
  private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");
  private static final char[] NO_PASSPHRASE = {};
  private static final String PASSPHRASE = "SLUICE_PASSPHRASE";

  private KeyFiles() {}

  /** The key in a file that the user named; throws {@link UsageError} when there is none. */
  static Credential named(Path file) {
    try {
      return credential(file);
    } catch (KeyFileException.PassphraseRequired e) {
      throw new UsageError(
          file + " needs a passphrase, and there is no terminal to ask on; set " + PASSPHRASE);
    } catch (IOException | KeyFileException e) {
      throw new UsageError("cannot use " + file + ": " + e.getMessage());
    }
  }

  /**
   * The keys in the usual places; a key that cannot be used is left out.
   *
   * @param warnings takes a sentence for each that is left out
   */
  static List<Credential> usual(Path directory, Consumer<String> warnings) {
    List<Credential> keys = new ArrayList<>();
    for (String name : USUAL) {
      Path file = directory.resolve(name);
      try {
        if (Files.isReadable(file)) {
          keys.add(credential(file));
        }
      } catch (IOException | KeyFileException e) {
        warnings.accept(file + " is left out: " + e.getMessage());
      }
    }
    return keys;
  }

  private static Credential credential(Path file) throws IOException {
    if (Files.size(file) > PrivateKeyFile.MAX_BYTES) {
      throw new IOException("it is too large for a key");
    }
    StrictModes.requirePrivate(file);
    byte[] content = Files.readAllBytes(file);
    try {
      PrivateKeyFile.read(content, NO_PASSPHRASE);
      return Credential.keyFile(file, NO_PASSPHRASE);
    } catch (KeyFileException.PassphraseRequired e) {
      String known = System.getenv(PASSPHRASE);
      String typed = known == null ? Terminal.askPassword("Passphrase for " + file + ": ") : known;
      if (typed == null) {
        throw e;
      }
      char[] passphrase = typed.toCharArray();
      PrivateKeyFile.read(content, passphrase.clone());
      return Credential.keyFile(file, passphrase);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }
}
