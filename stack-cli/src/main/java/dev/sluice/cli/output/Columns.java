package dev.sluice.cli.output;

/**
 * How many columns of a terminal a text takes: two for characters of East Asian scripts and most
 * pictures (UAX #11, W and F), none for marks that stand on the character before them.
 */
final class Columns {
  private static final String CUT = "…";

  /** First and last of each range of wide characters. */
  private static final int[] WIDE = {
    0x1100, 0x115f, 0x2e80, 0x303e, 0x3041, 0x4dbf, 0x4e00, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3,
    0xf900, 0xfaff, 0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe6, 0x1f300, 0x1f64f, 0x1f680,
    0x1f6ff, 0x1f900, 0x1f9ff, 0x1fa70, 0x1faff, 0x20000, 0x3fffd
  };

  private Columns() {}

  static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  private static int of(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int i = 0; i < WIDE.length; i += 2) {
      if (character >= WIDE[i] && character <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }

  /** {@code text} in exactly so many columns: filled with spaces, or cut where it is too long. */
  static String fit(String text, int columns) {
    String cut = cut(text, columns);
    return cut + " ".repeat(Math.max(0, columns - of(cut)));
  }

  /** {@code text} in no more than so many columns. */
  static String cut(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      used += of(character);
      if (used > columns - 1) {
        break;
      }
      kept.appendCodePoint(character);
      i += Character.charCount(character);
    }
    return columns < 1 ? "" : kept + CUT;
  }
}
