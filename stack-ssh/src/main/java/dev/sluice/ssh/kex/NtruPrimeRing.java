package dev.sluice.ssh.kex;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Polynomials modulo x<sup>761</sup> &minus; x &minus; 1 with coefficients modulo 3 or 4591,
 * centred on zero: the arithmetic of sntrup761 (draft-josefsson-ntruprime-streamlined section 3).
 * Lowest coefficient first.
 *
 * <p>Nothing here branches on a coefficient or uses one as an index, so the time says nothing about
 * a key.
 */
enum NtruPrimeRing {
  MODULO_3(3),
  MODULO_4591(4591);

  static final int DEGREE = 761;

  /** How many coefficients of a short polynomial are not zero. */
  static final int WEIGHT = 286;

  private static final int PRECISION = 40;

  private final int modulus;
  private final long inverse;

  NtruPrimeRing(int modulus) {
    this.modulus = modulus;
    this.inverse = Math.round((double) (1L << PRECISION) / modulus);
  }

  /** The remainder of the least absolute value; |{@code number}| is at most 2<sup>24</sup>. */
  int reduced(int number) {
    long quotient = (number * inverse + (1L << PRECISION - 1)) >> PRECISION;
    return number - modulus * (int) quotient;
  }

  int[] reduced(int[] numbers) {
    int[] reduced = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      reduced[i] = reduced(numbers[i]);
    }
    return reduced;
  }

  /** The product; the coefficients of {@code small} are -1, 0 and 1. */
  int[] product(int[] any, int[] small) {
    int[] sums = new int[2 * DEGREE];
    for (int i = 0; i < DEGREE; i++) {
      int factor = small[i];
      for (int j = 0; j < DEGREE; j++) {
        sums[i + j] += factor * any[j];
      }
    }
    // x^761 is x + 1.
    int[] product = new int[DEGREE];
    for (int i = 0; i < DEGREE; i++) {
      int carried = i == 0 ? 0 : sums[DEGREE + i - 1];
      product[i] = reduced(sums[i] + sums[DEGREE + i] + carried);
    }
    return product;
  }

  /**
   * The inverse of {@code factor} times {@code small}; null if there is none, which is so for one
   * in ten modulo 3 and never modulo 4591. Division steps of Bernstein and Yang, "Fast
   * constant-time gcd computation and modular inversion" (2019): as many as the worst case takes,
   * whatever the numbers. A step only needs as many coefficients as there are steps to come, and
   * only fills as many as there were.
   */
  int @Nullable [] reciprocal(int factor, int[] small) {
    int[] f = new int[DEGREE + 1];
    int[] g = new int[DEGREE + 1];
    int[] v = new int[DEGREE + 1];
    int[] r = new int[DEGREE + 1];
    f[0] = 1;
    f[DEGREE - 1] = -1;
    f[DEGREE] = -1;
    for (int i = 0; i < DEGREE; i++) {
      g[DEGREE - 1 - i] = small[i];
    }
    r[0] = reciprocal(factor);
    int delta = 1;
    for (int step = 1; step < 2 * DEGREE; step++) {
      int swap = -delta >> 31 & -isNotZero(g[0]);
      delta = (delta ^ swap & (delta ^ -delta)) + 1;
      int f0 = f[0] ^ swap & (f[0] ^ g[0]);
      int g0 = g[0] ^ swap & (f[0] ^ g[0]);
      divide(f, g, f0, g0, swap, Math.min(DEGREE, 2 * DEGREE - 1 - step));
      combine(v, r, f0, g0, swap, Math.min(DEGREE, step));
    }
    if (delta != 0) {
      return null;
    }
    int scale = reciprocal(f[0]);
    int[] out = new int[DEGREE];
    for (int i = 0; i < DEGREE; i++) {
      out[i] = reduced(scale * v[DEGREE - 1 - i]);
    }
    return out;
  }

  /** (f0 g - g0 f) / x, after both have changed places or not. */
  private void divide(int[] f, int[] g, int f0, int g0, int swap, int last) {
    f[0] = f0;
    for (int i = 1; i <= last; i++) {
      int different = swap & (f[i] ^ g[i]);
      int ofF = f[i] ^ different;
      f[i] = ofF;
      g[i - 1] = reduced(f0 * (g[i] ^ different) - g0 * ofF);
    }
    g[last] = 0;
  }

  /** The same with x v and r, without the division. */
  private void combine(int[] v, int[] r, int f0, int g0, int swap, int last) {
    for (int i = last; i > 0; i--) {
      int different = swap & (v[i - 1] ^ r[i]);
      int ofV = v[i - 1] ^ different;
      v[i] = ofV;
      r[i] = reduced(f0 * (r[i] ^ different) - g0 * ofV);
    }
    int first = r[0];
    v[0] = swap & first;
    r[0] = reduced(f0 * (first & ~swap) - g0 * v[0]);
  }

  /** One if the number is not zero. */
  private static int isNotZero(int number) {
    return (number | -number) >>> 31;
  }

  /** By Fermat's little theorem. */
  private int reciprocal(int number) {
    int power = number;
    for (int i = 1; i < modulus - 2; i++) {
      power = reduced(power * number);
    }
    return power;
  }

  /** Every coefficient is -1, 0 or 1, with nearly the same probability. */
  static int[] small(SecureRandom random) {
    int[] small = words(random);
    for (int i = 0; i < DEGREE; i++) {
      small[i] = ((small[i] & 0x3FFFFFFF) * 3 >>> 30) - 1;
    }
    return small;
  }

  /**
   * As {@link #small}, and as many as {@link #WEIGHT} are not zero: words whose last bits say so,
   * sorted.
   */
  static int[] fixedWeight(SecureRandom random) {
    int[] words = words(random);
    for (int i = 0; i < DEGREE; i++) {
      words[i] = i < WEIGHT ? words[i] & ~1 : words[i] & ~3 | 1;
    }
    MergeExchange.sort(words);
    for (int i = 0; i < DEGREE; i++) {
      words[i] = (words[i] & 3) - 1;
    }
    return words;
  }

  private static int[] words(SecureRandom random) {
    byte[] octets = new byte[4 * DEGREE];
    random.nextBytes(octets);
    int[] words = new int[DEGREE];
    ByteBuffer.wrap(octets).asIntBuffer().get(words);
    Arrays.fill(octets, (byte) 0);
    return words;
  }
}
