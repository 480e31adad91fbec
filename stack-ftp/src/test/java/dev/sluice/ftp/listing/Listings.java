package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.ftp.Dialect;
import dev.sluice.ftp.ListingOptions;
import dev.sluice.ftp.wire.Line;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The listings among the resources, and a way to write down what was read in them. */
final class Listings {
  /** When the listings were made. */
  static final Clock CLOCK = Clock.fixed(Instant.parse("2024-03-10T12:00:00Z"), ZoneOffset.UTC);

  static final ListingOptions OPTIONS = ListingOptions.DEFAULT.withClock(CLOCK);

  private Listings() {}

  /** The files with the listings. */
  static Stream<Path> files() {
    try {
      Path root = Path.of(Objects.requireNonNull(Listings.class.getResource("/listings")).toURI());
      try (Stream<Path> files = Files.walk(root)) {
        return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList().stream();
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The format of a listing is the name of its directory. */
  static Dialect dialect(Path file) {
    return Dialect.valueOf(file.getParent().getFileName().toString().toUpperCase(Locale.ROOT));
  }

  /** The octets with the line ends of the wire. */
  static byte[] octets(Path file) {
    return read(file).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What should be read in a listing. */
  static List<String> expected(Path file) {
    String name = file.toString();
    return read(Path.of(name.substring(0, name.length() - 4) + ".expected")).lines().toList();
  }

  /** What {@code parser} reads in the pieces, a line each, then the lines it could not read. */
  static List<String> parse(ListingParser parser, List<ByteBuf> pieces) {
    LineSplitter splitter = new LineSplitter();
    List<String> found = new ArrayList<>();
    Consumer<Line> take =
        line -> {
          parser.accept(line).forEach(entry -> found.add(describe(entry)));
        };
    for (ByteBuf piece : pieces) {
      for (Line line = splitter.next(piece); line != null; line = splitter.next(piece)) {
        take.accept(line);
      }
    }
    Line last = splitter.last();
    if (last != null) {
      take.accept(last);
    }
    parser.finish().forEach(entry -> found.add(describe(entry)));
    parser.unparsed().forEach(line -> found.add("unparsed: " + line));
    return found;
  }

  static List<String> parse(ListingParser parser, String listing) {
    return parse(parser, List.of(Unpooled.wrappedBuffer(listing.getBytes(StandardCharsets.UTF_8))));
  }

  private static String describe(ListedEntry entry) {
    FileAttributes known = entry.attributes();
    StringBuilder text = new StringBuilder("<" + entry.name() + "> " + known.kind());
    append(text, "size", known.size() == FileAttributes.UNKNOWN ? null : known.size());
    append(text, entry.timed() ? "modified" : "day", known.modified());
    append(text, "accessed", known.accessed());
    append(text, "created", known.created());
    append(
        text,
        "mode",
        known.permissions() == FileAttributes.UNKNOWN
            ? null
            : Integer.toOctalString(known.permissions()));
    append(text, "owner", known.owner());
    append(text, "group", known.group());
    append(text, "links", known.links() == FileAttributes.UNKNOWN ? null : known.links());
    append(text, "id", known.identity());
    append(text, "target", known.linkTarget());
    return text.toString();
  }

  private static void append(StringBuilder text, String name, @Nullable Object value) {
    if (value != null) {
      text.append(' ').append(name).append('=').append(value);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
