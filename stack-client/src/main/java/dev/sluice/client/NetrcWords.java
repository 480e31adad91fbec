package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/** The words of a file of logins. Messages name lines and no words, which may be secrets. */
final class NetrcWords {
  private final String text;
  private int at;
  private int line = 1;

  NetrcWords(String text) {
    this.text = text;
  }

  /** The next word; null = there is none. */
  @Nullable String next() {
    skipBlanks();
    if (at >= text.length()) {
      return null;
    }
    if (text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  String value(String of) {
    String word = next();
    if (word == null) {
      throw fault(of + " is followed by nothing");
    }
    return word;
  }

  /** A macro ends at an empty line. */
  void skipMacro() {
    value("macdef");
    int end = text.indexOf("\n\n", at);
    int next = end < 0 ? text.length() : end + 1;
    while (at < next) {
      step();
    }
  }

  IllegalArgumentException fault(String why) {
    return new IllegalArgumentException("line " + line + ": " + why);
  }

  private String quoted() {
    StringBuilder word = new StringBuilder();
    int opened = line;
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      word.append(text.charAt(at));
      step();
    }
    if (at >= text.length()) {
      line = opened;
      throw fault("a quote is not closed");
    }
    at++;
    return word.toString();
  }

  private void skipBlanks() {
    while (at < text.length()) {
      if (text.charAt(at) == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (Character.isWhitespace(text.charAt(at))) {
        step();
      } else {
        return;
      }
    }
  }

  private void step() {
    if (text.charAt(at) == '\n') {
      line++;
    }
    at++;
  }
}
