package dev.sluice.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ways in which a network may cut a run of bytes: every split in two, and byte by byte. */
public final class Chunks {
  private Chunks() {}

  /** Every split of {@code bytes} into two parts, one of them possibly empty, then byte by byte. */
  public static Stream<List<byte[]>> of(byte[] bytes) {
    return Stream.concat(
        IntStream.rangeClosed(0, bytes.length).mapToObj(at -> split(bytes, at)),
        Stream.of(byteByByte(bytes)));
  }

  /** As {@link #of(byte[])}, in heap buffers that need no release. */
  public static Stream<List<ByteBuf>> buffers(byte[] bytes) {
    return of(bytes).map(parts -> parts.stream().map(Unpooled::wrappedBuffer).toList());
  }

  /** The bytes one at a time. */
  public static List<byte[]> byteByByte(byte[] bytes) {
    return IntStream.range(0, bytes.length).mapToObj(i -> new byte[] {bytes[i]}).toList();
  }

  private static List<byte[]> split(byte[] bytes, int at) {
    return List.of(Arrays.copyOfRange(bytes, 0, at), Arrays.copyOfRange(bytes, at, bytes.length));
  }
}
