package dev.sluice.sftp.message;

import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Finds packets in a stream of octets, however it is cut. File data is not copied: a packet is a
 * part of the buffer that it came in, or several such parts. Single-threaded.
 */
public final class PacketFramer {
  /** Octets of the longest packet taken, as of OpenSSH. */
  public static final int DEFAULT_MAX_PACKET = 256 * 1024;

  private static final int SMALL = 1024;

  private final ByteBufAllocator allocator;
  private final int maxPacket;
  private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>();
  private long available;
  private int awaited = -1;

  /**
   * @param maxPacket octets of the longest packet, without its length
   */
  public PacketFramer(ByteBufAllocator allocator, int maxPacket) {
    this.allocator = allocator;
    this.maxPacket = maxPacket;
  }

  /** Takes the buffer. */
  public void add(ByteBuf octets) {
    if (octets.isReadable()) {
      available += octets.readableBytes();
      pieces.add(octets);
    } else {
      octets.release();
    }
  }

  /**
   * The next packet from its type on, owned by the caller; null = it has not arrived completely.
   *
   * @throws SshViolation when a length is 0 or above the limit: the stream cannot be read on
   */
  public @Nullable ByteBuf next() {
    if (awaited < 0) {
      if (available < Integer.BYTES) {
        return null;
      }
      awaited = length();
    }
    return available < awaited ? null : take();
  }

  /** Whether the stream stands inside a packet. */
  public boolean isInside() {
    return available > 0 || awaited >= 0;
  }

  /** Drops what waits. */
  public void clear() {
    pieces.forEach(ByteBuf::release);
    pieces.clear();
    available = 0;
  }

  private int length() {
    ByteBuf word = cut(Integer.BYTES);
    try {
      long length = word.readUnsignedInt();
      if (length == 0 || length > maxPacket) {
        throw SshViolation.protocol("SFTP: a packet of " + length + " octets, over " + maxPacket);
      }
      return (int) length;
    } finally {
      word.release();
    }
  }

  private ByteBuf take() {
    int length = awaited;
    awaited = -1;
    return cut(length);
  }

  private ByteBuf cut(int length) {
    available -= length;
    ByteBuf head = pieces.element();
    if (head.readableBytes() == length) {
      return pieces.remove();
    }
    if (head.readableBytes() > length) {
      return head.readRetainedSlice(length);
    }
    return length <= SMALL ? copied(length) : joined(length);
  }

  private ByteBuf copied(int length) {
    ByteBuf packet = allocator.heapBuffer(length, length);
    while (packet.readableBytes() < length) {
      ByteBuf head = pieces.element();
      packet.writeBytes(head, Math.min(head.readableBytes(), length - packet.readableBytes()));
      if (!head.isReadable()) {
        pieces.remove().release();
      }
    }
    return packet;
  }

  private ByteBuf joined(int length) {
    CompositeByteBuf packet = allocator.compositeHeapBuffer(Integer.MAX_VALUE);
    while (packet.readableBytes() < length) {
      ByteBuf head = pieces.element();
      int missing = length - packet.readableBytes();
      packet.addComponent(
          true,
          head.readableBytes() <= missing ? pieces.remove() : head.readRetainedSlice(missing));
    }
    return packet;
  }
}
