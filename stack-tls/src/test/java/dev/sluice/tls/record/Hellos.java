package dev.sluice.tls.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hellos made by hand, also such as no engine makes. */
final class Hellos {
  private Hellos() {}

  /** A message whose extensions {@code write} writes. */
  static ByteBuf message(Consumer<ByteBuf> write) {
    ByteBuf extensions = Unpooled.buffer();
    write.accept(extensions);
    ByteBuf body =
        Unpooled.buffer()
            .writeShort(0x0303)
            .writeZero(32)
            .writeByte(0) // session id
            .writeShort(4)
            .writeShort(0x0A0A) // GREASE
            .writeShort(0x1301)
            .writeByte(1)
            .writeByte(0)
            .writeShort(extensions.readableBytes())
            .writeBytes(extensions);
    return Unpooled.buffer().writeByte(1).writeMedium(body.readableBytes()).writeBytes(body);
  }

  static void serverName(ByteBuf out, String name) {
    byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
    out.writeShort(0).writeShort(octets.length + 5).writeShort(octets.length + 3);
    out.writeByte(0).writeShort(octets.length).writeBytes(octets);
  }

  static void protocols(ByteBuf out, String... names) {
    ByteBuf list = Unpooled.buffer();
    for (String name : names) {
      list.writeByte(name.length()).writeCharSequence(name, StandardCharsets.US_ASCII);
    }
    out.writeShort(16).writeShort(list.readableBytes() + 2).writeShort(list.readableBytes());
    out.writeBytes(list);
  }

  /** Values that are there to be skipped (RFC 8701). */
  static void grease(ByteBuf out, int octets) {
    out.writeShort(0x1A1A).writeShort(octets).writeZero(octets);
  }

  /** The message in records of at most {@code octets}. */
  static ByteBuf records(ByteBuf message, int octets) {
    ByteBuf wire = Unpooled.buffer();
    ByteBuf rest = message.duplicate();
    while (rest.isReadable()) {
      int part = Math.min(octets, rest.readableBytes());
      new TlsRecordHeader(ContentType.HANDSHAKE, part).encode(wire);
      wire.writeBytes(rest, part);
    }
    return wire;
  }
}
