package dev.sluice.ftp.transfer;

import dev.sluice.api.LimitExceeded;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.ftp.InflateLimit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * MODE Z on the receiving side: one zlib stream (RFC 1950) or raw deflate stream (RFC 1951),
 * distinguished by the first two octets. It must reach its end mark, and nothing may follow.
 *
 * <p>Returns at most {@value #STEP_OCTETS} octets at once, whatever the input grows to. Holds
 * memory outside the heap until {@link #close}.
 */
final class InflateDecoder implements OctetTransform {
  static final int STEP_OCTETS = 64 * 1024;

  private static final int ZLIB_HEADER_OCTETS = 2;

  private final InflateLimit limit;
  private final ByteBuf head = Unpooled.buffer(ZLIB_HEADER_OCTETS, ZLIB_HEADER_OCTETS);
  private ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private @Nullable Inflater inflater;
  private @Nullable ByteBuf input;
  private boolean hasMore;
  private boolean closed;

  InflateDecoder(InflateLimit limit) {
    this.limit = limit;
  }

  @Override
  public ByteBuf apply(ByteBuf octets) {
    if (octets.isReadable()) {
      take(octets);
    } else {
      octets.release();
    }
    ByteBuf source = input;
    if (source == null || closed) {
      return Unpooled.EMPTY_BUFFER;
    }
    ByteBuf out = allocator.buffer(STEP_OCTETS, STEP_OCTETS);
    boolean done = false;
    try {
      inflate(source, out);
      done = true;
      return out;
    } finally {
      if (!done) {
        out.release();
        releaseInput();
      }
    }
  }

  @Override
  public boolean hasMore() {
    return hasMore;
  }

  @Override
  public ByteBuf finish() {
    Inflater source = inflater;
    if (source == null || !source.finished()) {
      throw new PeerMisbehaved(
          "the compressed data ended before its end mark (RFC 1951 section 3.2.3)");
    }
    return Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void close() {
    closed = true;
    releaseInput();
    if (inflater != null) {
      inflater.end();
    }
  }

  private void take(ByteBuf octets) {
    if (closed || input != null) {
      octets.release();
      throw new IllegalStateException(closed ? "closed" : "the octets before are not used up");
    }
    allocator = octets.alloc();
    if (inflater != null) {
      input = octets;
      return;
    }
    while (head.isWritable() && octets.isReadable()) {
      head.writeByte(octets.readByte());
    }
    if (head.isWritable()) {
      octets.release();
      return;
    }
    inflater = new Inflater(!isZlib(head.getUnsignedShort(0)));
    input = Unpooled.wrappedBuffer(head.retainedDuplicate(), octets);
  }

  /** Inflates until {@code out} is full or the input is used up. */
  private void inflate(ByteBuf source, ByteBuf out) {
    Inflater running = running();
    try {
      while (out.isWritable() && !running.finished()) {
        if (running.needsInput() && !feed(running, source)) {
          break;
        }
        int start = out.writerIndex();
        int made = running.inflate(out.nioBuffer(start, out.writableBytes()));
        out.writerIndex(start + made);
        if (made == 0 && running.needsDictionary()) {
          throw new PeerMisbehaved("the compressed data needs a preset dictionary");
        }
      }
    } catch (DataFormatException e) {
      throw new PeerMisbehaved("the compressed data is corrupt: " + e.getMessage(), e);
    }
    checkGrowth(running.getBytesRead(), running.getBytesWritten());
    settle(running, source, out);
  }

  private static boolean feed(Inflater running, ByteBuf source) {
    if (!source.isReadable()) {
      return false;
    }
    // One part of a composite at a time; the inflater reads it while the input is held.
    int length = Math.min(source.readableBytes(), STEP_OCTETS);
    running.setInput(source.nioBuffer(source.readerIndex(), length));
    source.skipBytes(length);
    return true;
  }

  private void settle(Inflater running, ByteBuf source, ByteBuf out) {
    if (running.finished()) {
      int extra = running.getRemaining() + source.readableBytes();
      if (extra > 0) {
        throw new PeerMisbehaved(extra + " octets follow the end mark of the compressed data");
      }
      hasMore = false;
    } else {
      // A full buffer may hide octets that the inflater still keeps inside.
      hasMore = !out.isWritable() || !running.needsInput() || source.isReadable();
    }
    if (!hasMore) {
      releaseInput();
    }
  }

  private void checkGrowth(long octetsIn, long octetsOut) {
    if (octetsOut > limit.maxOctets()) {
      throw new LimitExceeded(
          "compressed data grew beyond " + limit.maxOctets() + " octets (InflateLimit.maxOctets)");
    }
    if (octetsOut > InflateLimit.RATIO_FREE_OCTETS && octetsOut / limit.maxRatio() > octetsIn) {
      throw new LimitExceeded(
          "compressed data grew to "
              + octetsOut
              + " octets from "
              + octetsIn
              + ", more than "
              + limit.maxRatio()
              + " to 1 (InflateLimit.maxRatio)");
    }
  }

  private Inflater running() {
    if (inflater == null) {
      throw new IllegalStateException("no input yet");
    }
    return inflater;
  }

  private void releaseInput() {
    hasMore = false;
    if (input != null) {
      input.release();
      input = null;
    }
  }

  /** Method deflate, window of 32 KiB at most, check bits right (RFC 1950 section 2.2). */
  private static boolean isZlib(int header) {
    return header >> 8 <= 0x78 && (header >> 8 & 0x0F) == 8 && header % 31 == 0;
  }
}
