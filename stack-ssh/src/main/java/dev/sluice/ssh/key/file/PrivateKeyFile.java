package dev.sluice.ssh.key.file;

import dev.sluice.ssh.wire.SshViolation;
import java.nio.charset.StandardCharsets;

/**
 * Reads private keys in the formats of OpenSSH, PKCS#8, PKCS#1, SEC 1 and PuTTY, encrypted or not.
 */
public final class PrivateKeyFile {
  /** Larger than any key that is accepted. */
  public static final int MAX_BYTES = 256 * 1024;

  private PrivateKeyFile() {}

  /**
   * The key in a file. An encrypted one may take seconds: call it off the event loop.
   *
   * @param content the whole file, {@value #MAX_BYTES} bytes at most
   * @param passphrase empty if there is none; a file that is not encrypted ignores it
   * @throws KeyFileException if the file yields no key
   */
  public static StoredKey read(byte[] content, char[] passphrase) {
    if (content.length > MAX_BYTES) {
      throw new KeyFileException.Damaged("a key file of " + content.length + " bytes");
    }
    String text = new String(content, StandardCharsets.ISO_8859_1);
    try (Passphrase secret = new Passphrase(passphrase)) {
      if (text.startsWith(PuttyKeyFile.MARK)) {
        return PuttyKeyFile.parse(content).read(secret);
      }
      Pem pem = Pem.parse(text);
      return pem.label().equals(OpenSshKeyFile.LABEL)
          ? OpenSshKeyFile.read(pem.content(), secret)
          : DerKeyFile.read(pem, secret);
    } catch (SshViolation | IllegalArgumentException e) {
      throw new KeyFileException.Damaged("not a key: " + e.getMessage(), e);
    }
  }
}
