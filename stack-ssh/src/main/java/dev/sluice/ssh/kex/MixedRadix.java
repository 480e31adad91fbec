package dev.sluice.ssh.kex;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Numbers below a modulus in little more room than they need: two at a time are joined to one, and
 * octets are split off while it is large (draft-josefsson-ntruprime-streamlined section 3.4).
 */
final class MixedRadix {
  private static final int LARGE = 1 << 14;

  private MixedRadix() {}

  /** Writes {@code numbers}, each of them below {@code modulus}. */
  static void encode(int[] numbers, int modulus, ByteBuffer out) {
    encode(numbers, same(numbers.length, modulus), out);
  }

  private static void encode(int[] numbers, int[] moduli, ByteBuffer out) {
    if (numbers.length == 1) {
      rest(numbers[0], moduli[0], out);
      return;
    }
    int[] joined = new int[(numbers.length + 1) / 2];
    int[] joinedModuli = new int[joined.length];
    for (int i = 0; i < joined.length; i++) {
      boolean pair = 2 * i + 1 < numbers.length;
      int number = pair ? numbers[2 * i] + numbers[2 * i + 1] * moduli[2 * i] : numbers[2 * i];
      int modulus = pair ? moduli[2 * i + 1] * moduli[2 * i] : moduli[2 * i];
      while (pair && modulus >= LARGE) {
        out.put((byte) number);
        number >>>= 8;
        modulus = withoutOctet(modulus);
      }
      joined[i] = number;
      joinedModuli[i] = modulus;
    }
    encode(joined, joinedModuli, out);
  }

  private static void rest(int number, int modulus, ByteBuffer out) {
    int left = number;
    for (int below = modulus; below > 1; below = withoutOctet(below)) {
      out.put((byte) left);
      left >>>= 8;
    }
  }

  /** Reads {@code count} numbers, each of them below {@code modulus} whatever the octets are. */
  static int[] decode(ByteBuffer in, int count, int modulus) {
    return decode(in, same(count, modulus));
  }

  private static int[] decode(ByteBuffer in, int[] moduli) {
    if (moduli.length == 1) {
      return new int[] {octets(in, octetsUntil(moduli[0], 1)) % moduli[0]};
    }
    int[] low = new int[(moduli.length + 1) / 2];
    int[] shifts = new int[low.length];
    int[] joinedModuli = new int[low.length];
    for (int i = 0; i < low.length; i++) {
      boolean pair = 2 * i + 1 < moduli.length;
      int modulus = pair ? moduli[2 * i] * moduli[2 * i + 1] : moduli[2 * i];
      int octets = pair ? octetsUntil(modulus, LARGE - 1) : 0;
      low[i] = octets(in, octets);
      shifts[i] = 8 * octets;
      for (int k = 0; k < octets; k++) {
        modulus = withoutOctet(modulus);
      }
      joinedModuli[i] = modulus;
    }
    int[] joined = decode(in, joinedModuli);
    int[] numbers = new int[moduli.length];
    for (int i = 0; i < moduli.length; i++) {
      int number = low[i / 2] + (joined[i / 2] << shifts[i / 2]);
      numbers[i] =
          i % 2 == 0
              ? Integer.remainderUnsigned(number, moduli[i])
              : Integer.divideUnsigned(number, moduli[i - 1]) % moduli[i];
    }
    return numbers;
  }

  private static int octetsUntil(int modulus, int most) {
    int octets = 0;
    for (int below = modulus; below > most; below = withoutOctet(below)) {
      octets++;
    }
    return octets;
  }

  /** At most two, the lowest first. */
  private static int octets(ByteBuffer in, int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      number |= (in.get() & 0xFF) << 8 * i;
    }
    return number;
  }

  private static int withoutOctet(int modulus) {
    return modulus + 255 >>> 8;
  }

  private static int[] same(int count, int modulus) {
    int[] moduli = new int[count];
    Arrays.fill(moduli, modulus);
    return moduli;
  }
}
