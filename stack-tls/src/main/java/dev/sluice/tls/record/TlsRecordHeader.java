package dev.sluice.tls.record;

import io.netty.buffer.ByteBuf;

/**
 * The five octets in front of every record (RFC 8446 section 5.1).
 *
 * @param type the type of the record
 * @param length octets that follow, 0 to 65535; the limit depends on the protection
 */
public record TlsRecordHeader(ContentType type, int length) {
  /** The length of a header in octets. */
  public static final int OCTETS = 5;

  /** The length of the longest plaintext in octets. */
  public static final int MAX_PLAINTEXT = 1 << 14;

  private static final int MAJOR_VERSION = 3;
  private static final int LEGACY_VERSION = 0x0303;

  /** Reads the header at {@code index}; the caller has made sure that it is complete. */
  static TlsRecordHeader peek(ByteBuf in, int index) {
    ContentType type = ContentType.of(in.getUnsignedByte(index));
    if (in.getByte(index + 1) != MAJOR_VERSION) {
      throw new BrokenRecord(
          Alert.PROTOCOL_VERSION, "record of version " + in.getUnsignedByte(index + 1) + ".x");
    }
    return new TlsRecordHeader(type, in.getUnsignedShort(index + 3));
  }

  /** Writes the header. */
  public void encode(ByteBuf out) {
    out.writeByte(type.code()).writeShort(LEGACY_VERSION).writeShort(length);
  }
}
