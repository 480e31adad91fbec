package dev.sluice.ssh.wire;

import io.netty.buffer.ByteBuf;

/** A {@code boolean}: every octet but 0 reads as true, and 1 is written (RFC 4251 section 5). */
public final class SshBoolean {
  private SshBoolean() {}

  public static boolean read(ByteBuf in) {
    return Octet.read(in) != 0;
  }

  public static void write(ByteBuf out, boolean value) {
    out.writeByte(value ? 1 : 0);
  }
}
