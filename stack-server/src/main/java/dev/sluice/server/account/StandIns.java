package dev.sluice.server.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Picks the hash of some user for each unknown name. Users may have hashes that differ in cost by a
 * factor of thousands: a name that costs what some user costs looks like a user.
 */
final class StandIns {
  /**
   * As dear as {@link PasswordHash#of}, and not computed: this may be asked for on an event loop.
   */
  static final PasswordHash STANDARD =
      PasswordHash.parse("$argon2id$v=19$m=19456,t=2,p=1$" + "A".repeat(22) + "$" + "A".repeat(43));

  private static final String MAC = "HmacSHA256";

  /** One for the process, so that a reload changes the answers for few names. */
  private static final SecretKeySpec KEY = key();

  private final List<PasswordHash> hashes;

  /**
   * @param hashes of the users who have a password
   */
  StandIns(List<PasswordHash> hashes) {
    this.hashes = hashes.isEmpty() ? List.of(STANDARD) : List.copyOf(hashes);
  }

  PasswordHash of(String name) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(KEY);
      byte[] digest = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      int number = (digest[0] & 0x7f) << 24 | (digest[1] & 0xff) << 16 | (digest[2] & 0xff) << 8;
      return hashes.get((number | digest[3] & 0xff) % hashes.size());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }

  private static SecretKeySpec key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new SecretKeySpec(key, MAC);
  }
}
