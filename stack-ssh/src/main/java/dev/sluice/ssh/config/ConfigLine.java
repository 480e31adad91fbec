package dev.sluice.ssh.config;

import java.util.ArrayList;
import java.util.List;

/** Splits a line of ssh_config(5) into words. */
final class ConfigLine {
  private ConfigLine() {}

  /**
   * The keyword and its arguments; none for an empty line and a comment. An equals sign may follow
   * the keyword, and quotes may surround words with spaces.
   */
  static List<String> words(String line, int number) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean inside = false;
    for (int i = 0; i <= line.length(); i++) {
      char c = i < line.length() ? line.charAt(i) : ' ';
      boolean separates = !quoted && (Character.isWhitespace(c) || c == '=' && words.isEmpty());
      if (i == line.length() && quoted) {
        throw new IllegalArgumentException("line " + number + ": quotes do not end");
      }
      if (separates) {
        if (inside) {
          words.add(word.toString());
          word.setLength(0);
          inside = false;
          i = words.size() == 1 ? skipEquals(line, i) : i;
        }
      } else if (!inside && !quoted && c == '#') {
        break;
      } else {
        inside = true;
        if (c == '"') {
          quoted = !quoted;
        } else {
          word.append(c);
        }
      }
    }
    return words;
  }

  /** The position of the last of the spaces and the equals sign that follow a keyword. */
  private static int skipEquals(String line, int at) {
    int next = at;
    while (next < line.length() && Character.isWhitespace(line.charAt(next))) {
      next++;
    }
    return next < line.length() && line.charAt(next) == '=' ? next : at;
  }
}
