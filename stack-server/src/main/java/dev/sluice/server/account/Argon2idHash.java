package dev.sluice.server.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id, version 1.3 (RFC 9106), written as a PHC string. */
final class Argon2idHash implements PasswordHash {
  static final String PREFIX = "$argon2id$";

  private static final int MAX_KIBIBYTES = 256 * 1024;
  private static final int MAX_PASSES = 16;
  private static final int MAX_LANES = 16;
  private static final int MAX_WORK = 1024 * 1024;
  private static final int LEAST_SALT = 8;
  private static final int LEAST_TAG = 16;
  private static final int MOST_OCTETS = 64;

  /** The defaults of OWASP's Password Storage Cheat Sheet. */
  private static final Cost STANDARD = new Cost(19 * 1024, 2, 1);

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,8}),t=([1-9][0-9]{0,8}),p=([1-9][0-9]{0,8})"
              + "\\$([A-Za-z0-9+/]{1,100})\\$([A-Za-z0-9+/]{1,100})");

  private final Cost cost;
  private final byte[] salt;
  private final byte[] tag;

  private Argon2idHash(Cost cost, byte[] salt, byte[] tag) {
    this.cost = cost;
    this.salt = salt;
    this.tag = tag;
  }

  private record Cost(int kibibytes, int passes, int lanes) {}

  static Argon2idHash read(String text) {
    Matcher phc = PHC.matcher(text);
    if (!phc.matches()) {
      throw new IllegalArgumentException(
          "is no argon2id hash; write $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH");
    }
    Cost cost = new Cost(number(phc.group(1)), number(phc.group(2)), number(phc.group(3)));
    boolean dear =
        cost.kibibytes > MAX_KIBIBYTES
            || cost.passes > MAX_PASSES
            || cost.lanes > MAX_LANES
            || (long) cost.kibibytes * cost.passes > MAX_WORK;
    if (dear || cost.kibibytes < 8 * cost.lanes) {
      throw new IllegalArgumentException(
          "asks for m=%d,t=%d,p=%d; argon2id may use m up to %d, t and p up to %d, m*t up to %d, and m from 8*p"
              .formatted(
                  cost.kibibytes, cost.passes, cost.lanes, MAX_KIBIBYTES, MAX_PASSES, MAX_WORK));
    }
    byte[] salt = octets(phc.group(4), LEAST_SALT, "salt");
    return new Argon2idHash(cost, salt, octets(phc.group(5), LEAST_TAG, "hash"));
  }

  static Argon2idHash of(String password) {
    byte[] salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    return new Argon2idHash(STANDARD, salt, digest(STANDARD, salt, 32, password));
  }

  @Override
  public boolean matches(String password) {
    return MessageDigest.isEqual(tag, digest(cost, salt, tag.length, password));
  }

  @Override
  public int kibibytes() {
    return cost.kibibytes;
  }

  @Override
  public String text() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "%sv=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            PREFIX,
            cost.kibibytes,
            cost.passes,
            cost.lanes,
            base64.encodeToString(salt),
            base64.encodeToString(tag));
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }

  private static byte[] digest(Cost cost, byte[] salt, int octets, String password) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.kibibytes)
            .withIterations(cost.passes)
            .withParallelism(cost.lanes)
            .withSalt(salt)
            .build());
    byte[] out = new byte[octets];
    argon2.generateBytes(password.getBytes(StandardCharsets.UTF_8), out);
    return out;
  }

  /** At most nine digits. */
  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private static byte[] octets(String base64, int least, String what) {
    byte[] octets;
    try {
      octets = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has an argon2id " + what + " that is no base64", e);
    }
    if (octets.length < least || octets.length > MOST_OCTETS) {
      throw new IllegalArgumentException(
          "has an argon2id %s of %d octets; it needs %d to %d"
              .formatted(what, octets.length, least, MOST_OCTETS));
    }
    return octets;
  }
}
