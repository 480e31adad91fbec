package dev.sluice.ftp.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * MODE Z on the sending side: the file as one zlib stream (RFC 1950; draft-preston-ftpext-deflate).
 *
 * <p>Holds memory outside the heap until {@link #close}.
 */
final class DeflateEncoder implements OctetTransform {
  private static final int STEP_OCTETS = 16 * 1024;

  private final Deflater deflater;
  private ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private boolean closed;

  /**
   * @param level 0 to 9, or -1 for the default of zlib
   */
  DeflateEncoder(int level) {
    this.deflater = new Deflater(level);
  }

  @Override
  public ByteBuf apply(ByteBuf octets) {
    if (!octets.isReadable()) {
      return octets;
    }
    allocator = octets.alloc();
    ByteBuf out = allocator.buffer(octets.readableBytes() / 2 + 64);
    boolean done = false;
    try {
      for (ByteBuffer input : octets.nioBuffers()) {
        deflater.setInput(input);
        drain(out);
      }
      done = true;
    } finally {
      octets.release();
      if (!done) {
        out.release();
      }
    }
    return out;
  }

  @Override
  public ByteBuf finish() {
    if (closed) {
      return Unpooled.EMPTY_BUFFER;
    }
    ByteBuf out = allocator.buffer(256);
    deflater.finish();
    drain(out);
    return out;
  }

  @Override
  public void close() {
    closed = true;
    deflater.end();
  }

  private void drain(ByteBuf out) {
    int written;
    do {
      out.ensureWritable(Math.min(STEP_OCTETS, Math.max(64, out.capacity() / 2)));
      written = deflater.deflate(out.nioBuffer(out.writerIndex(), out.writableBytes()));
      out.writerIndex(out.writerIndex() + written);
    } while (written > 0);
  }
}
