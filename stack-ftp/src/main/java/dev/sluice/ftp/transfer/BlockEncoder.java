package dev.sluice.ftp.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * MODE B on the sending side: blocks of a descriptor octet, a 16-bit count and that many octets
 * (RFC 959 section 3.4.2). The file ends with one empty block that is marked EOF.
 */
final class BlockEncoder implements OctetTransform {

  @Override
  public ByteBuf apply(ByteBuf octets) {
    int length = octets.readableBytes();
    if (length == 0) {
      return octets;
    }
    int blocks = (length - 1) / BlockDecoder.MAX_COUNT + 1;
    ByteBuf out = octets.alloc().buffer(length + blocks * BlockDecoder.HEADER_OCTETS);
    while (octets.isReadable()) {
      int count = Math.min(octets.readableBytes(), BlockDecoder.MAX_COUNT);
      out.writeByte(0).writeShort(count).writeBytes(octets, count);
    }
    octets.release();
    return out;
  }

  @Override
  public ByteBuf finish() {
    return Unpooled.buffer(BlockDecoder.HEADER_OCTETS).writeByte(BlockDecoder.EOF).writeShort(0);
  }
}
