package dev.sluice.ssh.wire;

import io.netty.buffer.ByteBuf;
import java.math.BigInteger;

/**
 * An {@code mpint}: a whole number in two's complement, most significant octet first, as short as
 * possible (RFC 4251 section 5).
 *
 * <p>Everything SSH sends as mpint is a modulus, an exponent or a public value, so a negative
 * number and one above {@value #MAX_BITS} bits is refused. Leading zeros are accepted and never
 * written.
 */
public final class Mpint {
  public static final int MAX_BITS = 16_384;

  private static final int MAX_BYTES = MAX_BITS / 8 + 1;
  private static final byte[] EMPTY = {};

  private Mpint() {}

  public static BigInteger read(ByteBuf in) {
    ByteBuf octets = SshString.readSlice(in);
    if (octets.isReadable() && octets.getByte(octets.readerIndex()) < 0) {
      throw SshViolation.protocol("a negative mpint of " + octets.readableBytes() + " bytes");
    }
    skipZeros(octets);
    if (octets.readableBytes() > MAX_BYTES) {
      throw tooLong(octets.readableBytes() * 8L);
    }
    byte[] magnitude = new byte[octets.readableBytes()];
    octets.readBytes(magnitude);
    BigInteger value = new BigInteger(1, magnitude);
    if (value.bitLength() > MAX_BITS) {
      throw tooLong(value.bitLength());
    }
    return value;
  }

  public static void write(ByteBuf out, BigInteger value) {
    SshString.write(out, value.signum() == 0 ? EMPTY : value.toByteArray());
  }

  /** Writes the number whose octets, most significant first, {@code magnitude} holds. */
  public static void write(ByteBuf out, byte[] magnitude) {
    int start = 0;
    while (start < magnitude.length && magnitude[start] == 0) {
      start++;
    }
    int length = magnitude.length - start;
    boolean prefix = length > 0 && magnitude[start] < 0;
    out.writeInt(prefix ? length + 1 : length);
    if (prefix) {
      out.writeByte(0);
    }
    out.writeBytes(magnitude, start, length);
  }

  private static void skipZeros(ByteBuf octets) {
    while (octets.isReadable() && octets.getByte(octets.readerIndex()) == 0) {
      octets.skipBytes(1);
    }
  }

  private static SshViolation tooLong(long bits) {
    return SshViolation.protocol("an mpint of " + bits + " bits, more than " + MAX_BITS);
  }
}
