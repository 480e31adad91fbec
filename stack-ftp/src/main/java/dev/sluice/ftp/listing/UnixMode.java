package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;

/**
 * The first word of a line of {@code ls -l}: kind and mode letters, perhaps followed by a mark for
 * an access list or extended attributes.
 */
final class UnixMode {
  private static final String KINDS = "-dlbcpsD";
  private static final String LETTERS = "rwxrwxrwx";
  private static final int LENGTH = 10;

  private UnixMode() {}

  /** Whether {@code word} is such a word. */
  static boolean is(String word) {
    if (word.length() < LENGTH
        || word.length() > LENGTH + 1
        || word.length() > LENGTH && "+.@".indexOf(word.charAt(LENGTH)) < 0
        || KINDS.indexOf(word.charAt(0)) < 0) {
      return false;
    }
    for (int i = 0; i < LETTERS.length(); i++) {
      char c = word.charAt(i + 1);
      if (c != '-' && c != LETTERS.charAt(i) && special(i, c) == 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether {@code word} may take the place of such a word: unknown letters, or those of
   * Connect:Enterprise, such as {@code -C--E-----FTP}.
   */
  static boolean isLike(String word) {
    return word.length() >= LENGTH && word.length() <= 13 && word.matches("[-dlbcps][-A-Za-z]*");
  }

  static FileKind kind(String word) {
    return switch (word.charAt(0)) {
      case '-' -> FileKind.FILE;
      case 'd' -> FileKind.DIRECTORY;
      case 'l' -> FileKind.SYMBOLIC_LINK;
      default -> FileKind.OTHER;
    };
  }

  /** Without permissions when the letters are not known. */
  static FileAttributes attributes(String word) {
    if (!is(word)) {
      return FileAttributes.of(kind(word));
    }
    int mode = 0;
    for (int i = 0; i < LETTERS.length(); i++) {
      char c = word.charAt(i + 1);
      boolean set = c == LETTERS.charAt(i) || c == 's' || c == 't';
      mode |= set ? 0400 >> i : 0;
      mode |= special(i, c);
    }
    return FileAttributes.of(kind(word)).withPermissions(mode);
  }

  /** The bit that a letter in the place of an x stands for; 0 = none. */
  private static int special(int index, char c) {
    return switch (index) {
      case 2 -> c == 's' || c == 'S' ? 04000 : 0;
      case 5 -> c == 's' || c == 'S' || c == 'l' || c == 'L' ? 02000 : 0;
      case 8 -> c == 't' || c == 'T' ? 01000 : 0;
      default -> 0;
    };
  }
}
