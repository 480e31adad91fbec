package dev.sluice.cli.shell;

import dev.sluice.cli.status.UsageError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A line of a shell in words: quotes of both kinds, a backslash before any character, and a comment
 * from {@code #} on.
 *
 * @param words without their quotes
 * @param literal those of them whose {@code *}, {@code ?} and {@code [} were all quoted
 */
record Line(List<String> words, Set<String> literal) {
  private static final String PATTERN = "*?[";

  /** Reads a line; {@link UsageError} when a quote is not closed. */
  static Line parse(String text) {
    Line line = new Line(new ArrayList<>(), new HashSet<>());
    int i = 0;
    while (i < text.length()) {
      if (Character.isWhitespace(text.charAt(i))) {
        i++;
      } else if (text.charAt(i) == '#') {
        break;
      } else {
        i = line.word(text, i);
      }
    }
    return line;
  }

  private int word(String text, int start) {
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean plain = false;
    char quote = 0;
    int i = start;
    for (; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (quote == 0 && Character.isWhitespace(letter)) {
        break;
      }
      boolean escape = letter == '\\' && quote != '\'' && i + 1 < text.length();
      if (quote == 0 && (letter == '"' || letter == '\'')) {
        quote = letter;
      } else if (letter == quote) {
        quote = 0;
      } else {
        i += escape ? 1 : 0;
        boolean pattern = PATTERN.indexOf(text.charAt(i)) >= 0;
        quoted |= pattern && (escape || quote != 0);
        plain |= pattern && !escape && quote == 0;
        word.append(text.charAt(i));
      }
    }
    if (quote != 0) {
      throw new UsageError("a quote is not closed: " + quote);
    }
    words.add(word.toString());
    if (quoted && !plain) {
      literal.add(word.toString());
    }
    return i;
  }
}
