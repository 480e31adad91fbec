package dev.sluice.cli.serve;

import java.security.SecureRandom;
import java.util.Base64;

/** Passwords nobody can guess: 96 random bits in letters, digits, {@code -} and {@code _}. */
public final class GeneratedPassword {
  private static final int OCTETS = 12;

  private GeneratedPassword() {}

  public static String next() {
    byte[] random = new byte[OCTETS];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
