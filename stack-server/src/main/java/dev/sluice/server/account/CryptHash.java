package dev.sluice.server.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Crypt;
import org.apache.commons.codec.digest.Md5Crypt;

/**
 * The MD5 and SHA-2 methods of crypt(3), and Apache's variant of MD5: to take users over from
 * elsewhere. New hashes are never made this way.
 */
final class CryptHash implements PasswordHash {
  private static final String APACHE = "$apr1$";
  private static final int MIN_ROUNDS = 1000;
  private static final int MAX_ROUNDS = 1_000_000;
  private static final Pattern MD5 =
      Pattern.compile("(\\$(?:1|apr1)\\$[./A-Za-z0-9]{1,8}\\$)[./A-Za-z0-9]{22}");
  private static final Pattern SHA2 =
      Pattern.compile(
          "(\\$([56])\\$(?:rounds=([1-9][0-9]{0,8})\\$)?[./A-Za-z0-9]{1,16}\\$)"
              + "([./A-Za-z0-9]{43}|[./A-Za-z0-9]{86})");

  private final String text;
  private final String salt;

  private CryptHash(String text, String salt) {
    this.text = text;
    this.salt = salt;
  }

  static boolean isCrypt(String text) {
    return text.startsWith("$1$")
        || text.startsWith("$5$")
        || text.startsWith("$6$")
        || text.startsWith(APACHE);
  }

  static CryptHash read(String text) {
    Matcher md5 = MD5.matcher(text);
    if (md5.matches()) {
      return new CryptHash(text, md5.group(1));
    }
    Matcher sha2 = SHA2.matcher(text);
    if (!sha2.matches() || sha2.group(4).length() != (sha2.group(2).equals("5") ? 43 : 86)) {
      throw new IllegalArgumentException(
          "is no hash of crypt(3); write the method $1$, $5$ or $6$, a salt of letters and digits, and the hash");
    }
    int rounds = sha2.group(3) == null ? MIN_ROUNDS : Integer.parseInt(sha2.group(3));
    if (rounds < MIN_ROUNDS || rounds > MAX_ROUNDS) {
      throw new IllegalArgumentException(
          "asks for %d rounds of crypt(3); it may be %d to %d"
              .formatted(rounds, MIN_ROUNDS, MAX_ROUNDS));
    }
    return new CryptHash(text, sha2.group(1));
  }

  @Override
  public boolean matches(String password) {
    byte[] octets = password.getBytes(StandardCharsets.UTF_8);
    String made =
        salt.startsWith(APACHE) ? Md5Crypt.apr1Crypt(octets, salt) : Crypt.crypt(octets, salt);
    return MessageDigest.isEqual(
        made.getBytes(StandardCharsets.US_ASCII), text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int kibibytes() {
    return 4;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text.substring(0, text.indexOf('$', 1) + 1) + "***";
  }
}
