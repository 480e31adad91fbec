package dev.sluice.ftp;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The user who logs in.
 *
 * @param user the name
 * @param password the answer to a challenge (336); plain logins ask with an empty challenge
 * @param account what ACCT sends when the server asks for one; null = none
 */
public record Credentials(String user, UnaryOperator<String> password, @Nullable String account) {

  public static Credentials of(String user, String password) {
    return new Credentials(user, challenge -> password, null);
  }

  /**
   * Logs in as {@code anonymous} (RFC 1635).
   *
   * @param address the password sent: an e-mail address, by custom
   */
  public static Credentials anonymous(String address) {
    return of("anonymous", address);
  }

  public Credentials withAccount(String newAccount) {
    return new Credentials(user, password, newAccount);
  }

  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }
}
