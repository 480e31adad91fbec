package dev.sluice.ftp.wire;

import io.netty.buffer.ByteBuf;

/** Writes text as octets of a control connection (RFC 2640 section 3.1, RFC 3659 section 2.2). */
public final class LineEncoder {
  private static final int IAC = 0xFF;

  private LineEncoder() {}

  /** Writes {@code octets} with 0xFF doubled and CR as {@code CR NUL}, without a line end. */
  public static void write(byte[] octets, ByteBuf out) {
    for (byte octet : octets) {
      out.writeByte(octet);
      if ((octet & 0xFF) == IAC) {
        out.writeByte(IAC);
      } else if (octet == '\r') {
        out.writeByte(0);
      }
    }
  }

  /** Ends a line. */
  public static void endLine(ByteBuf out) {
    out.writeByte('\r').writeByte('\n');
  }
}
