package dev.sluice.ftp.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * TYPE A on the receiving side: {@code CR LF} becomes the line end of files, LF; a lone CR and a
 * lone LF are kept (RFC 959 section 3.1.1.1).
 *
 * <p>A CR at the end of a piece is held until the next octet, or the end of the file, decides. A
 * piece without CR passes without a copy.
 */
final class AsciiDecoder implements OctetTransform {
  private static final byte CR = '\r';
  private static final byte LF = '\n';

  private boolean heldCr;

  @Override
  public ByteBuf apply(ByteBuf octets) {
    int start = octets.readerIndex();
    int end = octets.writerIndex();
    if (start == end || !heldCr && ByteBufUtil.indexOf(octets, start, end, CR) < 0) {
      return octets;
    }
    ByteBuf out = octets.alloc().buffer(end - start + 1);
    if (heldCr && octets.getByte(start) != LF) {
      out.writeByte(CR);
    }
    heldCr = octets.getByte(end - 1) == CR;
    int last = heldCr ? end - 1 : end;
    int from = start;
    for (int cr = nextLineEnd(octets, start, last); cr >= 0; ) {
      out.writeBytes(octets, from, cr - from);
      from = cr + 1;
      cr = nextLineEnd(octets, from, last);
    }
    out.writeBytes(octets, from, last - from);
    octets.release();
    return out;
  }

  @Override
  public ByteBuf finish() {
    if (!heldCr) {
      return Unpooled.EMPTY_BUFFER;
    }
    heldCr = false;
    return Unpooled.buffer(1).writeByte(CR);
  }

  /** The index of the first CR followed by an LF; -1 = none. */
  private static int nextLineEnd(ByteBuf octets, int from, int end) {
    int at = from < end ? ByteBufUtil.indexOf(octets, from, end, CR) : -1;
    while (at >= 0 && (at + 1 == end || octets.getByte(at + 1) != LF)) {
      at = at + 1 < end ? ByteBufUtil.indexOf(octets, at + 1, end, CR) : -1;
    }
    return at;
  }
}
