package dev.sluice.ftp.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * TYPE A on the sending side: the line end of files, LF, becomes {@code CR LF}; a {@code CR LF}
 * that is there already stays one (RFC 959 section 3.1.1.1). All other octets pass unchanged.
 *
 * <p>A piece without a lone LF passes without a copy. No piece becomes more than twice as long.
 */
final class AsciiEncoder implements OctetTransform {
  private static final byte CR = '\r';
  private static final byte LF = '\n';

  private boolean afterCr;

  @Override
  public ByteBuf apply(ByteBuf octets) {
    int end = octets.writerIndex();
    if (!octets.isReadable()) {
      return octets;
    }
    int lone = nextLoneLf(octets, octets.readerIndex(), end);
    ByteBuf expanded = lone < 0 ? null : expand(octets, lone, end);
    afterCr = octets.getByte(end - 1) == CR;
    if (expanded == null) {
      return octets;
    }
    octets.release();
    return expanded;
  }

  @Override
  public ByteBuf finish() {
    return Unpooled.EMPTY_BUFFER;
  }

  private ByteBuf expand(ByteBuf octets, int firstLoneLf, int end) {
    int length = octets.readableBytes();
    ByteBuf out = octets.alloc().buffer(length + length / 16 + 16);
    int from = octets.readerIndex();
    for (int lone = firstLoneLf; lone >= 0; lone = nextLoneLf(octets, lone + 1, end)) {
      out.writeBytes(octets, from, lone - from).writeByte(CR);
      from = lone; // the LF itself goes with what follows it
    }
    return out.writeBytes(octets, from, end - from);
  }

  /** The index of the first LF without CR before it; -1 = none. */
  private int nextLoneLf(ByteBuf octets, int from, int end) {
    int start = octets.readerIndex();
    int at = ByteBufUtil.indexOf(octets, from, end, LF);
    while (at >= 0 && (at == start ? afterCr : octets.getByte(at - 1) == CR)) {
      at = at + 1 < end ? ByteBufUtil.indexOf(octets, at + 1, end, LF) : -1;
    }
    return at;
  }
}
