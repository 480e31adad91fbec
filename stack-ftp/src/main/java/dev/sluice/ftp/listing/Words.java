package dev.sluice.ftp.listing;

import java.util.ArrayList;
import java.util.List;

/**
 * The first words of a line with their places. Takes time linear in the line, unlike the regular
 * expressions that listings invite.
 */
final class Words {
  private final String line;
  private final List<int[]> places = new ArrayList<>();

  private Words(String line) {
    this.line = line;
  }

  /** The words, separated by blanks and tabs; words after the first {@code max} are ignored. */
  static Words of(String line, int max) {
    Words words = new Words(line);
    int at = skipBlanks(line, 0);
    while (at < line.length() && words.places.size() < max) {
      int end = at;
      while (end < line.length() && !isBlank(line.charAt(end))) {
        end++;
      }
      words.places.add(new int[] {at, end});
      at = skipBlanks(line, end);
    }
    return words;
  }

  int count() {
    return places.size();
  }

  /** The word, or an empty one after the last. */
  String get(int index) {
    return index < count() ? line.substring(start(index), end(index)) : "";
  }

  int start(int index) {
    return places.get(index)[0];
  }

  int end(int index) {
    return places.get(index)[1];
  }

  /** From the beginning of one word to the end of another, blanks between them as they stand. */
  String between(int first, int last) {
    return line.substring(start(first), end(last));
  }

  /** The text after a word and one blank, so that leading blanks of a name survive. */
  String afterOneBlank(int index) {
    int from = end(index) + 1;
    return from <= line.length() ? line.substring(from) : "";
  }

  /** The text after a word and all blanks that follow it. */
  String afterBlanks(int index) {
    return line.substring(skipBlanks(line, end(index)));
  }

  /**
   * The text from {@code width} columns after the beginning of a word, when there are only blanks
   * between; otherwise the text after the word and its blanks.
   */
  String afterColumn(int index, int width) {
    int column = start(index) + width;
    int next = skipBlanks(line, end(index));
    return column >= end(index) && column <= next ? line.substring(column) : line.substring(next);
  }

  private static int skipBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
