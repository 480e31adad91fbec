package dev.sluice.ssh.algorithm;

import io.netty.buffer.ByteBuf;
import java.util.zip.Deflater;

/** Compresses the payloads one side sends, as one stream (RFC 4253 section 6.2). */
public final class PayloadDeflater implements AutoCloseable {
  private static final int MIN_ROOM = 512;

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);

  PayloadDeflater() {}

  /** Reads all of {@code payload} and writes what the peer needs to restore it; both borrowed. */
  public void deflate(ByteBuf payload, ByteBuf out) {
    deflater.setInput(payload.nioBuffer());
    payload.skipBytes(payload.readableBytes());
    int written;
    int room;
    do {
      out.ensureWritable(MIN_ROOM);
      room = out.writableBytes();
      // Z_SYNC_FLUSH ends on a byte boundary, so the peer can inflate all of this packet at once.
      written = deflater.deflate(out.nioBuffer(out.writerIndex(), room), Deflater.SYNC_FLUSH);
      out.writerIndex(out.writerIndex() + written);
    } while (written == room);
  }

  @Override
  public void close() {
    deflater.end();
  }
}
