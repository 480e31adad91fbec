package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.SshViolation;
import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.SshPublicKey;
import java.util.Optional;

/**
 * A line of authorized_keys.
 *
 * @param key never a certificate
 */
public record AuthorizedKey(SshPublicKey key, KeyOptions options, String comment) {
  private static final int MAX_LINE = 8 * 1024;

  /** Reads a line; empty = a comment, or one that grants nothing since it is not understood. */
  static Optional<AuthorizedKey> parse(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#") || text.length() > MAX_LINE) {
      return Optional.empty();
    }
    try {
      return Optional.of(key(KeyOptions.NONE, text));
    } catch (IllegalArgumentException | SshViolation notAKey) {
      return withOptions(text);
    }
  }

  private static Optional<AuthorizedKey> withOptions(String text) {
    int end = OptionScanner.end(text);
    try {
      KeyOptions options = KeyOptions.parse(text.substring(0, end));
      return Optional.of(key(options, text.substring(end).strip()));
    } catch (IllegalArgumentException | SshViolation e) {
      return Optional.empty();
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
