package dev.sluice.server.account;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * Bcrypt. The letter after the 2 names bugs of old implementations, none of which is repeated here:
 * {@code $2a$}, {@code $2b$} and {@code $2y$} mean the same. Octets after the 72nd of a password do
 * not count, as everywhere.
 */
final class BcryptHash implements PasswordHash {
  private static final int MIN_COST = 4;
  private static final int MAX_COST = 15;
  private static final Pattern TEXT = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

  private final String text;

  private BcryptHash(String text) {
    this.text = text;
  }

  static BcryptHash read(String text) {
    Matcher fields = TEXT.matcher(text);
    if (!fields.matches()) {
      throw new IllegalArgumentException(
          "is no bcrypt hash; write $2a$, $2b$ or $2y$, the cost, and 53 characters");
    }
    int cost = Integer.parseInt(fields.group(1));
    if (cost < MIN_COST || cost > MAX_COST) {
      throw new IllegalArgumentException(
          "asks for bcrypt cost %d; it may be %d to %d".formatted(cost, MIN_COST, MAX_COST));
    }
    return new BcryptHash(text);
  }

  @Override
  public boolean matches(String password) {
    return OpenBSDBCrypt.checkPassword(text, password.toCharArray());
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
    return text.substring(0, 4) + "***";
  }
}
