package dev.sluice.ftp.transfer;

import dev.sluice.test.Chunks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Drives a transform as a transfer does. */
final class Octets {
  private Octets() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] random(int length) {
    byte[] octets = new byte[length];
    new SplittableRandom(length).nextBytes(octets);
    return octets;
  }

  /** All of {@code octets} in one piece. */
  static byte[] through(Supplier<OctetTransform> transform, byte[] octets) {
    return through(transform, List.of(octets));
  }

  /** The pieces one after another, then the end. */
  static byte[] through(Supplier<OctetTransform> transform, List<byte[]> pieces) {
    OctetTransform step = transform.get();
    ByteBuf all = Unpooled.buffer();
    try {
      for (byte[] piece : pieces) {
        take(step.apply(pooled(piece)), all);
        while (step.hasMore()) {
          take(step.apply(Unpooled.EMPTY_BUFFER), all);
        }
      }
      take(step.finish(), all);
      return ByteBufUtil.getBytes(all);
    } finally {
      step.close();
    }
  }

  /** The results for every way to cut {@code octets} in two, and octet by octet. */
  static Stream<byte[]> throughEverySplit(Supplier<OctetTransform> transform, byte[] octets) {
    return Chunks.of(octets).map(pieces -> through(transform, pieces));
  }

  static ByteBuf pooled(byte[] octets) {
    return octets.length == 0
        ? Unpooled.EMPTY_BUFFER
        : PooledByteBufAllocator.DEFAULT.buffer(octets.length).writeBytes(octets);
  }

  private static void take(ByteBuf part, ByteBuf all) {
    all.writeBytes(part);
    part.release();
  }
}
