package dev.sluice.ssh.key.file;

import java.math.BigInteger;

/** The binary digits of pi after the point, from which Blowfish takes its tables. */
final class PiDigits {
  private static final int GUARD_BITS = 64;

  private PiDigits() {}

  /** The first {@code words} groups of 32 digits. */
  static int[] words(int words) {
    int bits = words * 32;
    BigInteger digits = pi(bits + GUARD_BITS).shiftRight(GUARD_BITS);
    int[] groups = new int[words];
    for (int i = 0; i < words; i++) {
      groups[i] = digits.shiftRight(bits - 32 * (i + 1)).intValue();
    }
    return groups;
  }

  /** Pi times 2^bits, by John Machin's formula of 1706: 16 arctan(1/5) - 4 arctan(1/239). */
  private static BigInteger pi(int bits) {
    return arctanOfInverse(5, bits).shiftLeft(4).subtract(arctanOfInverse(239, bits).shiftLeft(2));
  }

  private static BigInteger arctanOfInverse(int x, int bits) {
    BigInteger square = BigInteger.valueOf((long) x * x);
    BigInteger power = BigInteger.ONE.shiftLeft(bits).divide(BigInteger.valueOf(x));
    BigInteger sum = power;
    for (int n = 3; power.signum() != 0; n += 2) {
      power = power.divide(square).negate();
      sum = sum.add(power.divide(BigInteger.valueOf(n)));
    }
    return sum;
  }
}
