package dev.sluice.ssh.kex;

import static dev.sluice.ssh.kex.NtruPrimeRing.DEGREE;
import static dev.sluice.ssh.kex.NtruPrimeRing.MODULO_3;
import static dev.sluice.ssh.kex.NtruPrimeRing.MODULO_4591;
import static dev.sluice.ssh.kex.NtruPrimeRing.WEIGHT;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Streamlined NTRU Prime 761 (draft-josefsson-ntruprime-streamlined). Written here, since a short
 * process waits for it: that of Bouncy Castle takes ten times as long before it is compiled.
 */
final class Sntrup761 implements Kem {
  private static final int KEY_BYTES = 1158;
  private static final int ROUNDED_BYTES = 1007;
  private static final int CONFIRMATION_BYTES = 32;
  private static final int SMALL_BYTES = 191;
  private static final int HALF = 2295;
  private static final int MODULUS = 2 * HALF + 1;
  private static final int ROUNDED_MODULUS = MODULUS / 3 + 1;

  @Override
  public int keyBytes() {
    return KEY_BYTES;
  }

  @Override
  public int ciphertextBytes() {
    return ROUNDED_BYTES + CONFIRMATION_BYTES;
  }

  /** Section 3.5. */
  @Override
  public Decapsulator generate(SecureRandom random) {
    int[] g;
    int[] inverse;
    do {
      g = NtruPrimeRing.small(random);
      inverse = MODULO_3.reciprocal(1, g);
    } while (inverse == null);
    int[] f = NtruPrimeRing.fixedWeight(random);
    int[] third = MODULO_4591.reciprocal(3, f);
    if (third == null) {
      throw new IllegalStateException("a polynomial without an inverse in a field");
    }
    byte[] rejection = new byte[SMALL_BYTES];
    random.nextBytes(rejection);
    return new Private(f, inverse, encodedKey(MODULO_4591.product(third, g)), rejection);
  }

  @Override
  public Encapsulated encapsulate(byte[] key, SecureRandom random) {
    int[] secret = NtruPrimeRing.fixedWeight(random);
    byte[] encoded = encodedSmall(secret);
    byte[] ciphertext = new Recipient(key).ciphertext(secret, encoded);
    return new Encapsulated(ciphertext, sessionKey(1, encoded, ciphertext));
  }

  /** The public half, and the hash of it that every ciphertext is bound to. */
  private static final class Recipient {
    private final int[] h;
    private final byte[] hash;

    Recipient(byte[] key) {
      h = MixedRadix.decode(ByteBuffer.wrap(key), DEGREE, MODULUS);
      for (int i = 0; i < DEGREE; i++) {
        h[i] -= HALF;
      }
      hash = hash(4, key);
    }

    byte[] ciphertext(int[] secret, byte[] encoded) {
      int[] rounded = MODULO_4591.product(h, secret);
      for (int i = 0; i < DEGREE; i++) {
        // The multiple of three nearest to the coefficient, in steps of three from the least.
        rounded[i] = (rounded[i] - MODULO_3.reduced(rounded[i]) + HALF) * 10923 >> 15;
      }
      ByteBuffer out = ByteBuffer.allocate(ROUNDED_BYTES + CONFIRMATION_BYTES);
      MixedRadix.encode(rounded, ROUNDED_MODULUS, out);
      return out.put(hash(2, hash(3, encoded), hash)).array();
    }
  }

  /** Both halves, of which the private one is {@code f} and the inverse of g modulo 3. */
  record Private(int[] f, int[] inverse, byte[] key, byte[] rejection) implements Decapsulator {

    /** Section 3.7; a ciphertext that nobody made for this key gives a secret that nobody knows. */
    @Override
    public byte[] secret(byte[] ciphertext) {
      int[] secret = opened(ciphertext);
      byte[] encoded = encodedSmall(secret);
      byte[] expected = new Recipient(key).ciphertext(secret, encoded);
      int same = MessageDigest.isEqual(expected, ciphertext) ? 1 : 0;
      for (int i = 0; i < SMALL_BYTES; i++) {
        encoded[i] ^= (byte) (same - 1 & (encoded[i] ^ rejection[i]));
      }
      return sessionKey(same, encoded, ciphertext);
    }

    private int[] opened(byte[] ciphertext) {
      int[] c = MixedRadix.decode(ByteBuffer.wrap(ciphertext), DEGREE, ROUNDED_MODULUS);
      for (int i = 0; i < DEGREE; i++) {
        c[i] = 3 * c[i] - HALF;
      }
      int[] product = MODULO_4591.product(c, f);
      for (int i = 0; i < DEGREE; i++) {
        product[i] = MODULO_3.reduced(MODULO_4591.reduced(3 * product[i]));
      }
      int[] opened = MODULO_3.product(product, inverse);
      int weight = 0;
      for (int coefficient : opened) {
        weight += coefficient & 1;
      }
      int wrong = weight - WEIGHT | WEIGHT - weight;
      for (int i = 0; i < DEGREE; i++) {
        int instead = i < WEIGHT ? 1 : 0;
        opened[i] ^= wrong >> 31 & (opened[i] ^ instead);
      }
      return opened;
    }

    @Override
    public String toString() {
      return "Private[...]";
    }
  }

  private static byte[] encodedKey(int[] h) {
    int[] numbers = new int[DEGREE];
    for (int i = 0; i < DEGREE; i++) {
      numbers[i] = h[i] + HALF;
    }
    ByteBuffer out = ByteBuffer.allocate(KEY_BYTES);
    MixedRadix.encode(numbers, MODULUS, out);
    return out.array();
  }

  /** Four coefficients in an octet, the first in the lowest bits. */
  private static byte[] encodedSmall(int[] small) {
    byte[] octets = new byte[SMALL_BYTES];
    for (int i = 0; i < DEGREE; i++) {
      octets[i / 4] |= (byte) (small[i] + 1 << 2 * (i % 4));
    }
    return octets;
  }

  private static byte[] sessionKey(int prefix, byte[] encoded, byte[] ciphertext) {
    return hash(prefix, hash(3, encoded), ciphertext);
  }

  private static byte[] hash(int prefix, byte[]... parts) {
    MessageDigest digest = HashAlgorithm.SHA512.start();
    digest.update((byte) prefix);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return Arrays.copyOf(digest.digest(), 32);
  }
}
