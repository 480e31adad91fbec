package dev.sluice.ftp.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Two transforms, one after the other. */
record Chain(OctetTransform first, OctetTransform second) implements OctetTransform {

  @Override
  public ByteBuf apply(ByteBuf octets) {
    return second.apply(second.hasMore() ? octets : first.apply(octets));
  }

  @Override
  public boolean hasMore() {
    return second.hasMore() || first.hasMore();
  }

  @Override
  public boolean isComplete() {
    return first.isComplete() || second.isComplete();
  }

  /** The first holds back so little that the second never has more to return. */
  @Override
  public ByteBuf finish() {
    ByteBuf head = second.apply(first.finish());
    ByteBuf tail;
    try {
      tail = second.finish();
    } catch (RuntimeException e) {
      head.release();
      throw e;
    }
    if (!head.isReadable()) {
      head.release();
      return tail;
    }
    return Unpooled.wrappedBuffer(head, tail);
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
