package dev.sluice.ssh.key.trust;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Which hosts a line of known_hosts is about. */
sealed interface HostMatcher {

  /**
   * Whether the line is about this host.
   *
   * @param name as {@link HostName} writes it
   */
  boolean matches(String name);

  /** Reads the first field of a line; throws an {@link IllegalArgumentException} if it is none. */
  static HostMatcher parse(String field) {
    return field.startsWith(Hashed.MARK) ? Hashed.parse(field) : new Patterns(field);
  }

  /** Names with wildcards, readable by all. */
  record Patterns(PatternList list) implements HostMatcher {
    Patterns(String field) {
      this(PatternList.parse(field.toLowerCase(Locale.ROOT)));
    }

    @Override
    public boolean matches(String name) {
      return list.matches(name, Wildcard::matches);
    }
  }

  /** One name, hashed so that the file does not reveal which hosts its owner visits. */
  record Hashed(byte[] salt, byte[] hash) implements HostMatcher {
    static final String MARK = "|1|";
    private static final int HASH_BYTES = 20;

    static Hashed parse(String field) {
      String[] parts = field.substring(MARK.length()).split("\\|", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("a hashed name has a salt and a hash");
      }
      byte[] salt = Base64.getDecoder().decode(parts[0]);
      byte[] hash = Base64.getDecoder().decode(parts[1]);
      if (salt.length != HASH_BYTES || hash.length != HASH_BYTES) {
        throw new IllegalArgumentException("a salt and a hash have 20 bytes");
      }
      return new Hashed(salt, hash);
    }

    static Hashed of(String name, byte[] salt) {
      return new Hashed(salt, hmac(salt, name));
    }

    String format() {
      Base64.Encoder base64 = Base64.getEncoder();
      return MARK + base64.encodeToString(salt) + "|" + base64.encodeToString(hash);
    }

    @Override
    public boolean matches(String name) {
      return MessageDigest.isEqual(hmac(salt, name), hash);
    }

    private static byte[] hmac(byte[] salt, String name) {
      try {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(salt, "HmacSHA1"));
        return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java has no HmacSHA1", e);
      }
    }
  }
}
