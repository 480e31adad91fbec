package dev.sluice.client.blocking;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A content of a server as a stream, read ahead of its reader by a few buffers. */
final class RemoteInput extends InputStream {
  /** Buffers that are asked for before they are read. */
  private static final int AHEAD = 4;

  private final Ahead<ByteBuf> content;
  private @Nullable ByteBuf current;

  private RemoteInput(Ahead<ByteBuf> content) {
    this.content = content;
  }

  static RemoteInput of(Flux<ByteBuf> content, String name, Duration stall) {
    return new RemoteInput(
        Ahead.of(content, "the next octets of " + name, stall, AHEAD, ByteBuf::release));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    ByteBuf part = part();
    if (part == null) {
      return -1;
    }
    int taken = Math.min(length, part.readableBytes());
    part.readBytes(into, offset, taken);
    return taken;
  }

  @Override
  public synchronized int available() {
    return (current == null ? 0 : current.readableBytes()) + content.size(ByteBuf::readableBytes);
  }

  /** Ends the transfer, if it runs, and releases what was read ahead. Wakes a reader. */
  @Override
  public void close() {
    content.close();
    releaseCurrent();
  }

  private synchronized void releaseCurrent() {
    if (current != null) {
      current.release();
      current = null;
    }
  }

  /** A part with an octet at least; null = the end. */
  private @Nullable ByteBuf part() throws IOException {
    while (current == null || !current.isReadable()) {
      releaseCurrent();
      current = content.next();
      if (current == null) {
        return null;
      }
    }
    return current;
  }
}
