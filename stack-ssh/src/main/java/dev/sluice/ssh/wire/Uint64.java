package dev.sluice.ssh.wire;

import io.netty.buffer.ByteBuf;

/** A {@code uint64}, held in a long that is compared as unsigned (RFC 4251 section 5). */
public final class Uint64 {
  /** 2^64-1; for a certificate "for ever". */
  public static final long MAX = -1L;

  private Uint64() {}

  public static long read(ByteBuf in) {
    if (in.readableBytes() < 8) {
      throw SshViolation.protocol("a uint64 where " + in.readableBytes() + " bytes are left");
    }
    return in.readLong();
  }

  public static void write(ByteBuf out, long value) {
    out.writeLong(value);
  }
}
