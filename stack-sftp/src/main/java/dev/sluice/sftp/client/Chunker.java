package dev.sluice.sftp.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Makes the payloads of WRITEs from a source's buffers. Small ones are copied together; others are
 * cut and joined as they are.
 */
final class Chunker {
  private static final int SMALL = 4096;
  private static final int GATHERED = 32 * 1024;

  private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>();
  private @Nullable ByteBuf gathering;
  private long octets;

  long octets() {
    return octets;
  }

  /** Takes the buffer. */
  void add(ByteBuf buffer) {
    int length = buffer.readableBytes();
    octets += length;
    if (length > SMALL) {
      gathering = null;
      buffers.add(buffer);
      return;
    }
    if (length > 0) {
      room(length).writeBytes(buffer);
    }
    buffer.release();
  }

  /** The next octets, {@code most} or all that there are; there must be some. */
  ByteBuf take(int most) {
    gathering = null;
    int length = (int) Math.min(most, octets);
    octets -= length;
    ByteBuf head = buffers.element();
    if (head.readableBytes() == length) {
      return buffers.remove();
    }
    if (head.readableBytes() > length) {
      return head.readRetainedSlice(length);
    }
    CompositeByteBuf joined = ByteBufAllocator.DEFAULT.compositeBuffer(Integer.MAX_VALUE);
    while (joined.readableBytes() < length) {
      ByteBuf next = buffers.element();
      int missing = length - joined.readableBytes();
      joined.addComponent(
          true,
          next.readableBytes() <= missing ? buffers.remove() : next.readRetainedSlice(missing));
    }
    return joined;
  }

  void clear() {
    buffers.forEach(ByteBuf::release);
    buffers.clear();
    gathering = null;
    octets = 0;
  }

  private ByteBuf room(int length) {
    ByteBuf tail = gathering;
    if (tail == null || tail.writableBytes() < length) {
      tail = ByteBufAllocator.DEFAULT.heapBuffer(GATHERED, GATHERED);
      gathering = tail;
      buffers.add(tail);
    }
    return tail;
  }
}
