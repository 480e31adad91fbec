package dev.sluice.storage.local;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Converts names between {@link RawName} strings and the names on the disk, octet for octet.
 *
 * <p>{@code Path.of(String)} encodes with the charset of the locale, so in the C locale of a
 * container it refuses every letter beyond ASCII. {@code file:} URIs carry percent-encoded octets
 * and bypass that charset in both directions.
 */
final class LocalNames {
  private static final boolean UNIX = File.separatorChar == '/';
  private static final boolean UTF8_LOCALE =
      "UTF-8".equals(System.getProperty("sun.jnu.encoding", "").toUpperCase(Locale.ROOT));
  private static final String UNRESERVED = "-._~";

  private LocalNames() {}

  /** Whether names of any octets can be stored here. */
  static boolean rawNames() {
    return UNIX;
  }

  /**
   * The relative path of one element for {@code name}.
   *
   * @throws FileFailure {@code INVALID_NAME} when the disk cannot hold exactly this name
   */
  static Path toPath(String name) {
    if (isAscii(name)) {
      return UNIX ? Path.of(name) : windowsPath(name);
    }
    byte[] octets = RawName.encode(name);
    if (!RawName.decode(octets).equals(name)) {
      throw invalid(name, "holds characters that have no octets");
    }
    if (!UNIX) {
      return windowsPath(name);
    }
    if (UTF8_LOCALE && !RawName.holdsEscapedOctets(name)) {
      return Path.of(name);
    }
    Path path = Path.of(URI.create("file:///" + percentEncode(octets))).getFileName();
    if (path == null) {
      throw invalid(name, "is not the name of an entry");
    }
    return path;
  }

  /** The name that the single element of {@code path} stands for. */
  static String toName(Path path) {
    String text = path.toString();
    if (isAscii(text) || !UNIX || (UTF8_LOCALE && text.indexOf('\uFFFD') < 0)) {
      return text;
    }
    String encoded = Path.of("/").resolve(path).toUri().getRawPath();
    // toUri adds a slash if the root happens to contain a directory of this name.
    int end = encoded.endsWith("/") ? encoded.length() - 1 : encoded.length();
    return RawName.decode(percentDecode(encoded.substring(1, end)));
  }

  /** The text of a link's target, elements separated by {@code /}. */
  static String toText(Path target) {
    StringBuilder text = new StringBuilder(target.isAbsolute() ? "/" : "");
    for (Path element : target) {
      if (text.length() > 0 && text.charAt(text.length() - 1) != '/') {
        text.append('/');
      }
      text.append(toName(element));
    }
    return text.toString();
  }

  private static Path windowsPath(String name) {
    if (!WindowsNames.allow(name)) {
      throw invalid(name, "cannot be stored on this system");
    }
    try {
      Path path = FileSystems.getDefault().getPath(name);
      if (path.isAbsolute() || path.getNameCount() != 1) {
        throw invalid(name, "is not the name of an entry");
      }
      return path;
    } catch (InvalidPathException e) {
      throw invalid(name, "cannot be stored on this system");
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String percentEncode(byte[] octets) {
    StringBuilder text = new StringBuilder(octets.length * 3);
    for (byte octet : octets) {
      char c = (char) (octet & 0xFF);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || UNRESERVED.indexOf(c) >= 0) {
        text.append(c);
      } else {
        text.append(String.format("%%%02X", (int) c));
      }
    }
    return text.toString();
  }

  private static byte[] percentDecode(String text) {
    byte[] in = text.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        out.write(Character.digit(in[i + 1], 16) << 4 | Character.digit(in[i + 2], 16));
        i += 2;
      } else {
        out.write(in[i]);
      }
    }
    return out.toByteArray();
  }

  private static FileFailure invalid(String name, String why) {
    return new FileFailure(FileError.INVALID_NAME, "name \"" + RawName.escape(name) + "\" " + why);
  }
}
