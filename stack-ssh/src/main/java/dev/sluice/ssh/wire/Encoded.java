package dev.sluice.ssh.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.function.Consumer;

/** What is written, as an array: for blobs that are hashed, signed or kept. */
public final class Encoded {
  private Encoded() {}

  /** Everything that {@code writer} writes. */
  public static byte[] bytes(Consumer<ByteBuf> writer) {
    ByteBuf out = Unpooled.buffer(256);
    try {
      writer.accept(out);
      byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      return bytes;
    } finally {
      Arrays.fill(out.array(), (byte) 0);
      out.release();
    }
  }
}
