package dev.sluice.ssh.algorithm;

import static java.lang.Math.multiplyHigh;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Poly1305 (RFC 8439 section 2.5): the message as the coefficients of a polynomial at the secret
 * point r, modulo 2^130-5. One key authenticates one message.
 *
 * <p>Numbers are held as 44, 44 and 42 bits, so that a product of two needs nine multiplications of
 * 64 bits and carries are rare.
 */
final class Poly1305 {
  static final int KEY_BYTES = 32;
  static final int TAG_BYTES = 16;

  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BLOCK = 16;
  private static final int SHIFT = 19;
  private static final long MASK_44 = (1L << 44) - 1;
  private static final long MASK_42 = (1L << 42) - 1;

  /** The bit above a whole block, 2^128, as it appears in the highest part. */
  private static final long BLOCK_BIT = 1L << 40;

  private final byte[] last = new byte[BLOCK];
  private long r0;
  private long r1;
  private long r2;
  private long pad0;
  private long pad1;
  private long h0;
  private long h1;
  private long h2;

  /** Begins a message. */
  void begin(byte[] key) {
    long low = (long) LITTLE_ENDIAN.get(key, 0);
    long high = (long) LITTLE_ENDIAN.get(key, 8);
    r0 = low & 0xFFC0FFFFFFFL;
    r1 = (low >>> 44 | high << 20) & 0xFFFFFC0FFFFL;
    r2 = high >>> 24 & 0x00FFFFFFC0FL;
    pad0 = (long) LITTLE_ENDIAN.get(key, 16);
    pad1 = (long) LITTLE_ENDIAN.get(key, 24);
    h0 = 0;
    h1 = 0;
    h2 = 0;
  }

  /** Takes the whole message at once and writes its tag to {@code tag}. */
  void finish(byte[] message, int offset, int length, byte[] tag, int tagOffset) {
    int whole = length / BLOCK * BLOCK;
    blocks(message, offset, whole, BLOCK_BIT);
    if (whole < length) {
      Arrays.fill(last, (byte) 0);
      System.arraycopy(message, offset + whole, last, 0, length - whole);
      last[length - whole] = 1;
      blocks(last, 0, BLOCK, 0);
    }
    writeTag(tag, tagOffset);
  }

  /** Forgets the key. */
  void clear() {
    begin(new byte[KEY_BYTES]);
    Arrays.fill(last, (byte) 0);
  }

  /**
   * Adds each block and multiplies by r. A product a·r is computed in two parts that need no carry:
   * with r shifted by 19, its high word is a·r divided by 2^45, and its low word holds the rest.
   */
  private void blocks(byte[] message, int offset, int length, long blockBit) {
    long a0 = h0;
    long a1 = h1;
    long a2 = h2;
    long t0 = r0 << SHIFT;
    long t1 = r1 << SHIFT;
    long t2 = r2 << SHIFT;
    for (int at = offset; at < offset + length; at += BLOCK) {
      long low = (long) LITTLE_ENDIAN.get(message, at);
      long high = (long) LITTLE_ENDIAN.get(message, at + 8);
      a0 += low & MASK_44;
      a1 += (low >>> 44 | high << 20) & MASK_44;
      a2 += high >>> 24 | blockBit;

      // 2^132 is 20 modulo 2^130-5, and the parts begin at 2^0, 2^44 and 2^88.
      long low0 = rest(a0 * t0) + 20 * (rest(a1 * t2) + rest(a2 * t1));
      long low1 = rest(a0 * t1) + rest(a1 * t0) + 20 * rest(a2 * t2);
      long low2 = rest(a0 * t2) + rest(a1 * t1) + rest(a2 * t0);
      long high0 = multiplyHigh(a0, t0) + 20 * (multiplyHigh(a1, t2) + multiplyHigh(a2, t1));
      long high1 = multiplyHigh(a0, t1) + multiplyHigh(a1, t0) + 20 * multiplyHigh(a2, t2);
      long high2 = multiplyHigh(a0, t2) + multiplyHigh(a1, t1) + multiplyHigh(a2, t0);

      low1 += 2 * high0 + (low0 >>> 44);
      low2 += 2 * high1 + (low1 >>> 44);
      a0 = (low0 & MASK_44) + 5 * ((high2 << 3) + (low2 >>> 42));
      a1 = (low1 & MASK_44) + (a0 >>> 44);
      a2 = low2 & MASK_42;
      a0 &= MASK_44;
    }
    h0 = a0;
    h1 = a1;
    h2 = a2;
  }

  private static long rest(long lowWord) {
    return lowWord >>> SHIFT;
  }

  /** 1 if an addition that gave {@code sum} passed 2^64, else 0; without a branch. */
  private static long carry(long sum, long summand) {
    return (~sum & summand | (~sum | summand) & sum - summand) >>> 63;
  }

  private void writeTag(byte[] tag, int offset) {
    long a1 = h1;
    long a2 = h2 + (a1 >>> 44);
    a1 &= MASK_44;
    long a0 = h0 + (a2 >>> 42) * 5;
    a2 &= MASK_42;
    a1 += a0 >>> 44;
    a0 &= MASK_44;
    a2 += a1 >>> 44;
    a1 &= MASK_44;
    a0 += (a2 >>> 42) * 5;
    a2 &= MASK_42;
    a1 += a0 >>> 44;
    a0 &= MASK_44;

    // The number minus the modulus, taken if it is not negative.
    long g0 = a0 + 5;
    long g1 = a1 + (g0 >>> 44);
    g0 &= MASK_44;
    long g2 = a2 + (g1 >>> 44) - (1L << 42);
    g1 &= MASK_44;
    long keep = g2 >> 63;
    a0 = a0 & keep | g0 & ~keep;
    a1 = a1 & keep | g1 & ~keep;
    a2 = a2 & keep | g2 & ~keep;

    long low = a0 | a1 << 44;
    long high = (a1 >>> 20) + (a2 << 24);
    long sum = low + pad0;
    LITTLE_ENDIAN.set(tag, offset, sum);
    LITTLE_ENDIAN.set(tag, offset + 8, high + pad1 + carry(sum, pad0));
  }
}
