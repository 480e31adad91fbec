package dev.sluice.ssh.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A {@code string}: a length as uint32 and that many octets (RFC 4251 section 5).
 *
 * <p>A length is compared with what is left and with the caller's limit before memory is taken.
 */
public final class SshString {
  private SshString() {}

  /** Reads the octets, at most all that are left. */
  public static byte[] read(ByteBuf in) {
    return read(in, Integer.MAX_VALUE);
  }

  /** Reads the octets, at most {@code maxBytes}. */
  public static byte[] read(ByteBuf in, int maxBytes) {
    byte[] octets = new byte[readLength(in, maxBytes)];
    in.readBytes(octets);
    return octets;
  }

  /** Reads exactly {@code length} octets; {@code what} names them in the error. */
  public static byte[] readExactly(ByteBuf in, int length, String what) {
    byte[] octets = read(in);
    if (octets.length != length) {
      throw SshViolation.protocol(what + " has " + octets.length + " bytes, not " + length);
    }
    return octets;
  }

  /** Reads the octets as a part of {@code in}, which keeps them: nothing is copied or retained. */
  public static ByteBuf readSlice(ByteBuf in) {
    return in.readSlice(readLength(in, Integer.MAX_VALUE));
  }

  /** Reads text, which must be UTF-8, at most {@code maxBytes} octets. */
  public static String readUtf8(ByteBuf in, int maxBytes) {
    byte[] octets = read(in, maxBytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      throw SshViolation.protocol("text of " + octets.length + " bytes is not UTF-8");
    }
  }

  /**
   * Reads the name of an algorithm, a service, a method or a request: printable US-ASCII without
   * space or comma, {@value NameList#MAX_NAME_BYTES} octets at most, possibly none.
   */
  public static String readName(ByteBuf in) {
    byte[] octets = read(in, NameList.MAX_NAME_BYTES);
    if (!NameList.isName(octets, 0, octets.length)) {
      throw SshViolation.protocol("a name holds other characters than printable US-ASCII");
    }
    return new String(octets, StandardCharsets.US_ASCII);
  }

  /** Reads text for people: any octets become text that is safe in a log, see {@link PeerText}. */
  public static String readText(ByteBuf in) {
    return PeerText.decode(read(in));
  }

  /** Writes the octets with their length. */
  public static void write(ByteBuf out, byte[] octets) {
    write(out, octets, 0, octets.length);
  }

  /** Writes a part of {@code octets} with its length. */
  public static void write(ByteBuf out, byte[] octets, int offset, int length) {
    out.writeInt(length).writeBytes(octets, offset, length);
  }

  /** Writes what is readable in {@code octets} with its length; their indexes stay. */
  public static void write(ByteBuf out, ByteBuf octets) {
    int length = octets.readableBytes();
    out.writeInt(length).writeBytes(octets, octets.readerIndex(), length);
  }

  /** Writes text in UTF-8 with its length. */
  public static void write(ByteBuf out, String text) {
    write(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static int readLength(ByteBuf in, int maxBytes) {
    long length = Uint32.read(in);
    if (length > in.readableBytes()) {
      throw SshViolation.protocol(
          "a string of " + length + " bytes where " + in.readableBytes() + " are left");
    }
    if (length > maxBytes) {
      throw SshViolation.protocol("a string of " + length + " bytes, more than " + maxBytes);
    }
    return (int) length;
  }
}
