package dev.sluice.api.login;

import java.net.InetSocketAddress;

/** What a client shows to be let in. */
public sealed interface LoginAttempt {

  /** The name given, unverified; escape it before it is logged. */
  String user();

  /** Where the client comes from. */
  InetSocketAddress from();

  /**
   * A password.
   *
   * @param password at most {@link #MAX_PASSWORD} characters; never logged
   */
  record Password(String user, String password, InetSocketAddress from) implements LoginAttempt {
    /** Characters of the longest password looked at. */
    public static final int MAX_PASSWORD = 1024;

    @Override
    public String toString() {
      return "Password[user=" + dev.sluice.api.RawName.escape(user) + ", from=" + from + "]";
    }
  }

  /**
   * A guest who names no account (RFC 1635).
   *
   * @param email what the guest typed for a password
   */
  record Anonymous(String user, String email, InetSocketAddress from) implements LoginAttempt {}
}
