package dev.sluice.ftp.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Leaves octets as they are. */
record Identity() implements OctetTransform {
  @Override
  public ByteBuf apply(ByteBuf octets) {
    return octets;
  }

  @Override
  public ByteBuf finish() {
    return Unpooled.EMPTY_BUFFER;
  }
}
