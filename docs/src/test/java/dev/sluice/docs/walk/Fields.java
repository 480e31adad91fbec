package dev.sluice.docs.walk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Takes a run of octets apart, field by field from the first to the last: a row is where a field
 * begins, its octets, its name and what it says. Nothing can be left out: {@link #rows} fails when
 * octets are left.
 */
final class Fields {
  private static final int ROW = 16;
  private static final int TEXT_ROWS = 40;
  private static final int BINARY_ROWS = 6;

  private final byte[] octets;
  private final List<String> rows = new ArrayList<>();
  private int at;
  private int end;

  Fields(byte[] octets) {
    this.octets = octets;
    this.end = octets.length;
  }

  /** A number of {@code size} octets, the most significant first. */
  Fields number(int size, String name) {
    return number(size, name, Long::toUnsignedString);
  }

  /** A number, and what it means. */
  Fields number(int size, String name, LongFunction<String> meaning) {
    String says = meaning.apply(peek(size));
    return add(size, name, List.of(says), false);
  }

  /** Octets that are text. */
  Fields text(int size, String name) {
    require(size);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < size; i += ROW) {
      values.add(printable(at + i, Math.min(ROW, size - i)));
    }
    return add(size, name, values, false);
  }

  /** Octets that mean nothing to people. */
  Fields binary(int size, String name) {
    return add(size, name, List.of(size > 2 ? size + " octets" : ""), false);
  }

  /** Ciphertext: the first row is enough of it. */
  Fields sealed(int size, String name) {
    int shown = Math.min(ROW, size);
    binary(shown, name + ", " + size + " octets");
    if (size > shown) {
      rows.set(rows.size() - 1, rows.get(rows.size() - 1).replaceAll(" +\\d+ octets$", ""));
      rows.add("  …   " + (size - shown) + " octets more");
      at += size - shown;
    }
    return this;
  }

  /** Octets that are nobody's business. */
  Fields secret(int size, String name) {
    return add(size, name, List.of("(masked)"), true);
  }

  /** A length of four octets and as many octets of text (RFC 4251 section 5). */
  Fields string(String name) {
    int size = size(4, name);
    return size == 0 ? this : text(size, name);
  }

  /** A length of four octets and as many octets that are not text. */
  Fields blob(String name) {
    int size = size(4, name);
    return size == 0 ? this : binary(size, name);
  }

  /** A length of {@code width} octets. */
  int size(int width, String of) {
    int size = (int) peek(width);
    number(width, "length of " + of);
    require(size);
    return size;
  }

  /** The number that the next octets hold; reads nothing. */
  long peek(int size) {
    require(size);
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | octets[at + i] & 0xFF;
    }
    return value;
  }

  /** The text in the next string; reads nothing. */
  String peekString() {
    int size = (int) peek(4);
    return new String(octets, at + 4, size, StandardCharsets.ISO_8859_1);
  }

  /** Lets {@code reader} take all but the last {@code behind} octets. */
  Fields inner(int behind, Consumer<Fields> reader) {
    end -= behind;
    reader.accept(this);
    if (at != end) {
      throw new IllegalStateException(end - at + " octets have no name behind " + rows);
    }
    end += behind;
    return this;
  }

  boolean isDone() {
    return at == end;
  }

  int left() {
    return end - at;
  }

  /** Everything, once all of it has been read. */
  List<String> rows() {
    if (at != octets.length) {
      throw new IllegalStateException(octets.length - at + " octets have no name behind " + rows);
    }
    return rows;
  }

  private Fields add(int size, String name, List<String> values, boolean masked) {
    require(size);
    int all = (size + ROW - 1) / ROW;
    int most = values.size() > 1 ? TEXT_ROWS : BINARY_ROWS;
    for (int row = 0; row < all; row++) {
      if (all > most && row == most - 1) {
        row = all - 1;
        rows.add("  …   " + (size - (most - 1) * ROW - (size - row * ROW)) + " octets more");
      }
      int length = Math.min(ROW, size - row * ROW);
      String value = row < values.size() ? values.get(row) : "";
      rows.add(row(at + row * ROW, length, row == 0 ? name : "", value, masked));
    }
    at += size;
    return this;
  }

  private String row(int start, int length, String name, String value, boolean masked) {
    StringBuilder hex = new StringBuilder();
    for (int i = start; i < start + length; i++) {
      hex.append(masked ? "**" : String.format(Locale.ROOT, "%02x", octets[i])).append(' ');
    }
    return String.format(Locale.ROOT, "%04x  %-48s %-28s %s", start, hex, name, value)
        .stripTrailing();
  }

  private String printable(int start, int length) {
    byte[] part = Arrays.copyOfRange(octets, start, start + length);
    for (int i = 0; i < part.length; i++) {
      part[i] = part[i] < ' ' || part[i] == 0x7F ? (byte) '.' : part[i];
    }
    return new String(part, StandardCharsets.US_ASCII);
  }

  private void require(int size) {
    if (size < 0 || size > end - at) {
      throw new IllegalStateException(size + " octets at " + at + " of " + end + ": " + rows);
    }
  }
}
