package dev.sluice.ftp;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How pathnames travel as octets (RFC 2640 section 3.1, RFC 3659 section 2.2).
 *
 * <p>Octets that are valid UTF-8 are UTF-8. Others are read in the fallback charset when one is
 * set, else kept as they are ({@link RawName}).
 *
 * @param fallback the charset of names that are not UTF-8, and of names sent when {@code sendUtf8}
 *     is false; UTF-8 itself = keep such octets raw
 * @param sendUtf8 whether names are sent in UTF-8
 */
public record PathCharset(Charset fallback, boolean sendUtf8) {
  /** UTF-8, other octets kept as they are. */
  public static final PathCharset UTF_8 = new PathCharset(StandardCharsets.UTF_8, true);

  /** The text that {@code octets} stand for. */
  public String decode(byte[] octets) {
    String text = RawName.decode(octets);
    if (fallback.equals(StandardCharsets.UTF_8) || !RawName.holdsEscapedOctets(text)) {
      return text;
    }
    return new String(octets, fallback);
  }

  /**
   * The octets for {@code text}.
   *
   * @throws FileFailure {@code INVALID_NAME} when the charset cannot carry it
   */
  public byte[] encode(String text) {
    if (sendUtf8 || fallback.equals(StandardCharsets.UTF_8)) {
      byte[] octets = RawName.encode(text);
      if (holdsSurrogate(text) && !RawName.decode(octets).equals(text)) {
        throw unencodable(text, null);
      }
      return octets;
    }
    CharsetEncoder encoder =
        fallback
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      ByteBuffer encoded = encoder.encode(CharBuffer.wrap(text));
      byte[] octets = new byte[encoded.remaining()];
      encoded.get(octets);
      return octets;
    } catch (CharacterCodingException e) {
      throw unencodable(text, e);
    }
  }

  /**
   * Whether the text holds half a character, which UTF-8 cannot encode and Java would write as a
   * question mark.
   */
  private static boolean holdsSurrogate(String text) {
    return text.chars().anyMatch(c -> Character.isSurrogate((char) c));
  }

  private FileFailure unencodable(String text, @Nullable Throwable cause) {
    return new FileFailure(
        FileError.INVALID_NAME,
        "\"" + RawName.escape(text) + "\" cannot be written in " + fallback,
        cause);
  }
}
