package dev.sluice.storage.memory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The octets of a file. Safe for use by many threads; each call is atomic. */
final class Content {
  /** Octets of the largest answer to one read. */
  static final int MAX_READ_OCTETS = 256 * 1024;

  private static final int CHUNK_OCTETS = 64 * 1024;

  private final Room room;
  private final List<byte[]> chunks = new ArrayList<>();
  private long size;
  private long taken;
  private int holders = 1;

  Content(Room room) {
    this.room = room;
  }

  synchronized long size() {
    return size;
  }

  /** Up to {@code length} octets; null at the end. */
  synchronized @Nullable ByteBuf read(long position, int length) {
    if (position >= size || length <= 0) {
      return null;
    }
    int octets = (int) Math.min(Math.min(length, MAX_READ_OCTETS), size - position);
    ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(octets, octets);
    for (long at = position; buffer.isWritable(); ) {
      byte[] chunk = chunks.get((int) (at / CHUNK_OCTETS));
      int offset = (int) (at % CHUNK_OCTETS);
      int part = Math.min(buffer.writableBytes(), chunk.length - offset);
      buffer.writeBytes(chunk, offset, part);
      at += part;
    }
    return buffer;
  }

  /** Writes the readable octets; the buffer stays the caller's. */
  synchronized void write(long position, ByteBuf octets) {
    int length = octets.readableBytes();
    extend(position + length);
    int from = octets.readerIndex();
    for (long at = position; at < position + length; ) {
      byte[] chunk = chunks.get((int) (at / CHUNK_OCTETS));
      int offset = (int) (at % CHUNK_OCTETS);
      int part = (int) Math.min(position + length - at, chunk.length - offset);
      octets.getBytes(from, chunk, offset, part);
      from += part;
      at += part;
    }
  }

  synchronized void append(ByteBuf octets) {
    write(size, octets);
  }

  /** Truncates, or extends with zeros. */
  synchronized void resize(long newSize) {
    if (newSize >= size) {
      extend(newSize);
      return;
    }
    int kept = (int) ((newSize + CHUNK_OCTETS - 1) / CHUNK_OCTETS);
    while (chunks.size() > kept) {
      giveBack(chunks.remove(chunks.size() - 1).length);
    }
    int inLast = (int) (newSize % CHUNK_OCTETS);
    if (inLast > 0) {
      byte[] last = chunks.get(kept - 1);
      Arrays.fill(last, inLast, last.length, (byte) 0);
    }
    size = newSize;
  }

  /** Adds a holder: a name or an open file. */
  synchronized Content hold() {
    holders++;
    return this;
  }

  /** Removes a holder; the room is released with the last one. */
  synchronized void letGo() {
    if (--holders == 0) {
      chunks.clear();
      size = 0;
      giveBack(taken);
    }
  }

  /** The same octets in a separate file. */
  synchronized Content copy() {
    Content copy = new Content(room);
    try {
      for (byte[] chunk : chunks) {
        copy.take(chunk.length);
        copy.chunks.add(chunk.clone());
      }
    } catch (RuntimeException e) {
      copy.letGo();
      throw e;
    }
    copy.size = size;
    return copy;
  }

  /** Room is taken before memory is; all chunks but the last are full. */
  private void extend(long newSize) {
    if (newSize <= size) {
      return;
    }
    long more = newSize - taken;
    if (more > 0) {
      room.take(more);
      room.giveBack(more);
    }
    int needed = (int) ((newSize + CHUNK_OCTETS - 1) / CHUNK_OCTETS);
    while (chunks.size() < needed) {
      growLast(CHUNK_OCTETS);
      boolean last = chunks.size() == needed - 1;
      int length = last ? roundUp((int) (newSize - (needed - 1L) * CHUNK_OCTETS)) : CHUNK_OCTETS;
      take(length);
      chunks.add(new byte[length]);
    }
    growLast(roundUp((int) (newSize - (needed - 1L) * CHUNK_OCTETS)));
    size = newSize;
  }

  private void growLast(int length) {
    int last = chunks.size() - 1;
    if (last >= 0 && chunks.get(last).length < length) {
      byte[] chunk = chunks.get(last);
      take(length - chunk.length);
      chunks.set(last, Arrays.copyOf(chunk, length));
    }
  }

  private static int roundUp(int octets) {
    return Math.min(CHUNK_OCTETS, Math.max(64, Integer.highestOneBit(octets * 2 - 1)));
  }

  private void take(long octets) {
    room.take(octets);
    taken += octets;
  }

  private void giveBack(long octets) {
    room.giveBack(octets);
    taken -= octets;
  }
}
