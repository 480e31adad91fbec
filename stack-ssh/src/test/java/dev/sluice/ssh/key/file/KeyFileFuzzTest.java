package dev.sluice.ssh.key.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Any octets as a key file; the first octet chooses the armour they are put into, or none. */
final class KeyFileFuzzTest {
  private static final String[] LABELS = {
    OpenSshKeyFile.LABEL,
    "PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY"
  };

  @FuzzTest
  void thereIsAKeyOrAnErrorThatSaysWhyNot(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] content = Arrays.copyOfRange(input, 1, input.length);
    int choice = (input[0] & 0xFF) % (LABELS.length + 1);
    byte[] file =
        choice < LABELS.length ? Pem.format(LABELS[choice], content).getBytes(ISO_8859_1) : content;
    try {
      // Without a passphrase no derivation runs, whose cost is bounded but large.
      StoredKey stored = PrivateKeyFile.read(file, new char[0]);
      stored.key().publicKey().blob();
    } catch (KeyFileException expected) {
      // Any of its kinds.
    }
  }
}
