package dev.sluice.storage.local;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opaque names for the objects on a disk: a keyed digest of device and inode, under a key of this
 * process, so neither number can be derived from it.
 */
final class Identities {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int OCTETS = 12;
  private static final byte[] KEY = key();
  private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(Identities::mac);

  private Identities() {}

  static String of(Object fileKey) {
    byte[] digest = MAC.get().doFinal(fileKey.toString().getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, OCTETS));
  }

  private static byte[] key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private static Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(KEY, ALGORITHM));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }
}
