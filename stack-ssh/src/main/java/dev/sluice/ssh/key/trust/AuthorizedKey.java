package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.wire.SshViolation;

/**
 * A line of authorized_keys.
 *
 * @param key never a certificate
 */
public record AuthorizedKey(SshPublicKey key, KeyOptions options, String comment) {
  private static final int MAX_LINE = 8 * 1024;

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException for one that cannot be understood, and thus grants nothing
   */
  static AuthorizedKey parse(String text) {
    if (text.length() > MAX_LINE) {
      throw new IllegalArgumentException("longer than " + MAX_LINE + " characters");
    }
    try {
      return key(KeyOptions.NONE, text);
    } catch (IllegalArgumentException | SshViolation notAKey) {
      int end = OptionScanner.end(text);
      KeyOptions options = KeyOptions.parse(text.substring(0, end));
      return key(options, text.substring(end).strip());
    }
  }

  private static AuthorizedKey key(KeyOptions options, String text) {
    String[] fields = text.split("[ \t]+", 3);
    if (fields.length < 2) {
      throw new IllegalArgumentException("a key has a type and a blob");
    }
    SshPublicKey key = KeyText.parse(fields[0], fields[1]);
    if (key instanceof Certificate) {
      throw new IllegalArgumentException("a certificate opens nothing, its authority may");
    }
    return new AuthorizedKey(key, options, fields.length == 3 ? fields[2] : "");
  }
}
