package dev.sluice.ssh.wire;

import io.netty.buffer.ByteBuf;

/** A {@code uint32}, held in a long (RFC 4251 section 5). */
public final class Uint32 {
  public static final long MAX = 0xFFFF_FFFFL;

  private Uint32() {}

  public static long read(ByteBuf in) {
    if (in.readableBytes() < 4) {
      throw SshViolation.protocol("a uint32 where " + in.readableBytes() + " bytes are left");
    }
    return in.readUnsignedInt();
  }

  public static void write(ByteBuf out, long value) {
    out.writeInt((int) check(value, "uint32"));
  }

  /**
   * Returns {@code value}; throws an {@link IllegalArgumentException} naming it if out of range.
   */
  public static long check(long value, String name) {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException(name + " " + value);
    }
    return value;
  }
}
