package dev.sluice.ssh.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Data that waits for its consumer. Small pieces that wait share a buffer: a window full of single
 * octets must not cost more memory than a window.
 */
final class ReceiveQueue {
  private static final int SMALL = 4 * 1024;
  private static final int SHARED = 16 * 1024;

  private final ByteBufAllocator allocator;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private @Nullable ByteBuf shared;

  ReceiveQueue(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** Takes the buffer. */
  void add(ByteBuf data) {
    int length = data.readableBytes();
    if (length == 0) {
      data.release();
      return;
    }
    if (length >= SMALL || waiting.isEmpty()) {
      shared = null;
      waiting.add(data);
      return;
    }
    try {
      tailWith(length).writeBytes(data);
    } finally {
      data.release();
    }
  }

  /** The oldest data, owned by the caller; null when none waits. */
  @Nullable ByteBuf poll() {
    ByteBuf oldest = waiting.poll();
    if (waiting.isEmpty()) {
      shared = null; // it was the last one
    }
    return oldest;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Drops everything; returns how many octets that was. */
  long clear() {
    long octets = 0;
    for (ByteBuf data = poll(); data != null; data = poll()) {
      octets += data.readableBytes();
      data.release();
    }
    return octets;
  }

  private ByteBuf tailWith(int room) {
    ByteBuf tail = shared;
    if (tail == null || tail.writableBytes() < room) {
      tail = allocator.heapBuffer(SHARED, SHARED);
      shared = tail;
      waiting.add(tail);
    }
    return tail;
  }
}
