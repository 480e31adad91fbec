package dev.sluice.ssh.wire;

import io.netty.buffer.ByteBuf;

/** A {@code byte}, and runs of them that have no length of their own (RFC 4251 section 5). */
public final class Octet {
  private Octet() {}

  /** 0 to 255. */
  public static int read(ByteBuf in) {
    if (!in.isReadable()) {
      throw SshViolation.protocol("the message ends where a byte is due");
    }
    return in.readUnsignedByte();
  }

  /** Reads exactly {@code length} octets. */
  public static byte[] read(ByteBuf in, int length) {
    if (in.readableBytes() < length) {
      throw SshViolation.protocol(length + " bytes where " + in.readableBytes() + " are left");
    }
    byte[] octets = new byte[length];
    in.readBytes(octets);
    return octets;
  }

  /**
   * Requires that a message of fixed layout ends here.
   *
   * @param what the message, for the error
   */
  public static void requireEnd(ByteBuf in, String what) {
    if (in.isReadable()) {
      throw SshViolation.protocol(in.readableBytes() + " bytes behind the last field of " + what);
    }
  }
}
