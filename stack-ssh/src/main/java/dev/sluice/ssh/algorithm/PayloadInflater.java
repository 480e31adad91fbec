package dev.sluice.ssh.algorithm;

import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Restores the payloads one side receives, as one stream (RFC 4253 section 6.2). */
public final class PayloadInflater implements AutoCloseable {
  private static final int STEP = 4096;

  private final int maxPayloadBytes;
  private final Inflater inflater = new Inflater();

  PayloadInflater(int maxPayloadBytes) {
    this.maxPayloadBytes = maxPayloadBytes;
  }

  /**
   * Reads all of {@code compressed} and writes the payload; both borrowed. {@code out} grows only
   * as the data requires, and never beyond the limit.
   *
   * @throws SshViolation with {@code COMPRESSION_ERROR} if the payload passes the limit or the data
   *     is no deflate stream
   */
  public void inflate(ByteBuf compressed, ByteBuf out) {
    inflater.setInput(compressed.nioBuffer());
    compressed.skipBytes(compressed.readableBytes());
    int total = 0;
    try {
      while (true) {
        out.ensureWritable(STEP);
        int room = Math.min(out.writableBytes(), maxPayloadBytes - total + 1);
        int written = inflater.inflate(out.nioBuffer(out.writerIndex(), room));
        total += written;
        if (total > maxPayloadBytes) {
          throw failure("a payload inflates beyond " + maxPayloadBytes + " bytes");
        }
        out.writerIndex(out.writerIndex() + written);
        if (written < room) {
          requireAllRead();
          return;
        }
      }
    } catch (DataFormatException e) {
      throw failure("invalid deflate data: " + e.getMessage());
    }
  }

  private void requireAllRead() {
    if (inflater.getRemaining() > 0 || inflater.finished() || inflater.needsDictionary()) {
      throw failure("the deflate stream ends inside a packet");
    }
  }

  private static SshViolation failure(String message) {
    return new SshViolation(DisconnectReason.COMPRESSION_ERROR, message);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
