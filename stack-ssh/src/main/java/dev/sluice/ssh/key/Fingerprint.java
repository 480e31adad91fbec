package dev.sluice.ssh.key;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What people compare instead of keys (RFC 4716 section 4; OpenSSH). For a certificate, that of its
 * key.
 */
public final class Fingerprint {
  private Fingerprint() {}

  /** {@code SHA256:} and base64 without padding. */
  public static String sha256(SshPublicKey key) {
    byte[] hash = HashAlgorithm.SHA256.of(key.plain().blob());
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
  }

  /** {@code MD5:} and sixteen octets in hex, as in old records. Proves nothing. */
  public static String md5(SshPublicKey key) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(key.plain().blob());
      return "MD5:" + HexFormat.ofDelimiter(":").formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no MD5", e);
    }
  }
}
