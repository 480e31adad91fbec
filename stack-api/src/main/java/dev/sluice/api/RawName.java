package dev.sluice.api;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Converts names of any octets to a {@code String} and back without loss.
 *
 * <p>Octets that form valid UTF-8 become the characters they encode. An octet that does not, 0x80
 * to 0xFF, becomes the lone surrogate U+DC80 to U+DCFF, which valid UTF-8 never yields. Encoding
 * reverses both, so {@code encode(decode(x))} equals {@code x} for every {@code x}.
 */
public final class RawName {
  private static final char ESCAPED_OCTETS = '\uDC00';

  /** Scripts and emoji need these two, and they do not change the direction of text. */
  private static final char ZERO_WIDTH_NON_JOINER = 0x200C;

  private static final char ZERO_WIDTH_JOINER = 0x200D;

  private RawName() {}

  /** The characters for {@code octets}. */
  public static String decode(byte[] octets) {
    int ascii = asciiPrefix(octets);
    if (ascii == octets.length) {
      return new String(octets, StandardCharsets.US_ASCII);
    }
    CharsetDecoder utf8 =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(octets);
    CharBuffer out = CharBuffer.allocate(octets.length);
    while (true) {
      CoderResult result = utf8.decode(in, out, true);
      if (result.isUnderflow()) {
        return out.flip().toString();
      }
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (ESCAPED_OCTETS | (in.get() & 0xFF)));
      }
      utf8.reset();
    }
  }

  /** {@link #decode(byte[])} over the readable octets, which stay readable. */
  public static String decode(ByteBuf octets) {
    return decode(ByteBufUtil.getBytes(octets));
  }

  /** The octets that {@code name} stands for. */
  public static byte[] encode(String name) {
    if (!holdsEscapedOctets(name)) {
      return name.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(name.length() + 16);
    int plain = 0;
    for (int i = 0; i < name.length(); i++) {
      if (isEscapedOctet(name, i)) {
        out.writeBytes(name.substring(plain, i).getBytes(StandardCharsets.UTF_8));
        out.write(name.charAt(i) & 0xFF);
        plain = i + 1;
      }
    }
    out.writeBytes(name.substring(plain).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** Whether {@code name} stands for octets that are not UTF-8. */
  public static boolean holdsEscapedOctets(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (isEscapedOctet(name, i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@code text} from a peer, made safe for people: logs, terminals, messages, protocol lines that
   * people read. Control characters and octets that are not UTF-8 become {@code \xNN}; characters
   * that separate lines or change the direction of text, and unpaired surrogates, become a
   * backslash, a u and four hex digits. The result cannot forge a line or a terminal sequence, and
   * shows what was sent.
   */
  public static String escape(String text) {
    int plain = 0;
    while (plain < text.length() && isPlain(text, plain)) {
      plain++;
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, plain);
    for (int i = plain; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(text, i)) {
        safe.append(c);
      } else if (Character.isISOControl(c) || isEscapedOctet(text, i)) {
        safe.append(String.format("\\x%02x", c & 0xFF));
      } else {
        safe.append(String.format("\\u%04x", (int) c));
      }
    }
    return safe.toString();
  }

  /**
   * {@code text} for a line that programs read: control characters become {@code \xNN}, so it stays
   * one line. Everything else is unchanged, including octets that are not UTF-8.
   */
  public static String onOneLine(String text) {
    int plain = 0;
    while (plain < text.length() && !Character.isISOControl(text.charAt(plain))) {
      plain++;
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        line.append(String.format("\\x%02x", (int) c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }

  /** Whether the character at {@code index} can be shown unchanged. */
  private static boolean isPlain(String text, int index) {
    char c = text.charAt(index);
    if (c >= ' ' && c < 0x7F) {
      return true;
    }
    if (Character.isSurrogate(c)) {
      return Character.isHighSurrogate(c)
          ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
          : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }

  private static boolean isEscapedOctet(String name, int index) {
    char c = name.charAt(index);
    return c >= '\uDC80'
        && c <= '\uDCFF'
        && (index == 0 || !Character.isHighSurrogate(name.charAt(index - 1)));
  }

  private static int asciiPrefix(byte[] octets) {
    int i = 0;
    while (i < octets.length && octets[i] >= 0) {
      i++;
    }
    return i;
  }
}
