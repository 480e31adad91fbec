package dev.sluice.ssh.kex;

/**
 * Sorts secrets: which numbers are compared does not depend on them (Knuth, volume 3, 5.2.2,
 * algorithm M).
 */
final class MergeExchange {
  private MergeExchange() {}

  static void sort(int[] numbers) {
    int top = Integer.highestOneBit(numbers.length - 1);
    for (int p = top; p > 0; p /= 2) {
      round(numbers, p, 0, p);
      for (int q = top; q > p; q /= 2) {
        round(numbers, p, p, q - p);
      }
    }
  }

  private static void round(int[] numbers, int bit, int value, int distance) {
    for (int i = 0; i + distance < numbers.length; i++) {
      if ((i & bit) == value) {
        order(numbers, i, i + distance);
      }
    }
  }

  private static void order(int[] numbers, int low, int high) {
    long difference = (long) numbers[high] - numbers[low];
    int exchanged = (numbers[low] ^ numbers[high]) & (int) (difference >> 63);
    numbers[low] ^= exchanged;
    numbers[high] ^= exchanged;
  }
}
