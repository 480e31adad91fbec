package dev.sluice.tls.core;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;

/** The extensions of a hello that lies in one record in clear (RFC 8446 section 4.1). */
final class HelloExtensions {
  static final int SERVER_NAME = 0;
  static final int EXTENDED_MASTER_SECRET = 23;
  static final int EARLY_DATA = 42;
  static final int POST_HANDSHAKE_AUTH = 49;
  static final int KEY_SHARE = 51;

  private static final int HEADERS = 5 + 4;
  private static final int VERSION_AND_RANDOM = 2 + 32;
  private static final int CLIENT_HELLO = 1;

  private HelloExtensions() {}

  static Map<Integer, byte[]> of(byte[] record) {
    Map<Integer, byte[]> found = new LinkedHashMap<>();
    ByteBuf in = Unpooled.wrappedBuffer(record);
    in.readerIndex(start(in));
    ByteBuf extensions = in.readSlice(in.readUnsignedShort());
    while (extensions.isReadable()) {
      int type = extensions.readUnsignedShort();
      found.put(type, ByteBufUtil.getBytes(extensions.readSlice(extensions.readUnsignedShort())));
    }
    return found;
  }

  /** The record without one of its extensions. */
  static byte[] without(byte[] record, int extension) {
    ByteBuf out = Unpooled.buffer();
    ByteBuf in = Unpooled.wrappedBuffer(record);
    int start = start(in);
    int end = 5 + in.getUnsignedShort(3);
    out.writeBytes(in, 0, start).writeShort(0);
    of(record)
        .forEach(
            (type, value) -> {
              if (type != extension) {
                out.writeShort(type).writeShort(value.length).writeBytes(value);
              }
            });
    int length = out.readableBytes();
    out.setShort(start, length - start - 2);
    out.setMedium(6, length - HEADERS);
    out.setShort(3, length - 5);
    out.writeBytes(in, end, record.length - end);
    return ByteBufUtil.getBytes(out);
  }

  /** Where the length of the extensions is. */
  private static int start(ByteBuf in) {
    int at = HEADERS + VERSION_AND_RANDOM;
    at += 1 + in.getUnsignedByte(at); // session
    if (in.getUnsignedByte(5) == CLIENT_HELLO) {
      at += 2 + in.getUnsignedShort(at); // suites
      return at + 1 + in.getUnsignedByte(at); // compressions
    }
    return at + 2 + 1;
  }
}
