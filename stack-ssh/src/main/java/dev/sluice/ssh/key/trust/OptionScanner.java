package dev.sluice.ssh.key.trust;

import java.util.Locale;

/** Splits the options of a line of authorized_keys: {@code name} or {@code name="value"}. */
final class OptionScanner {
  private final String text;
  private int at;

  OptionScanner(String text) {
    this.text = text;
  }

  /** The position of the first space outside quotes; the length if there is none. */
  static int end(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ' ' || c == '\t')) {
        return i;
      }
    }
    return line.length();
  }

  /** Whether a comma and an option follow; anything else is wrong. */
  boolean hasNext() {
    if (at == text.length()) {
      return false;
    }
    if (text.charAt(at) != ',') {
      throw new IllegalArgumentException("no comma behind an option");
    }
    at++;
    return true;
  }

  KeyOptions.Option next() {
    int start = at;
    while (at < text.length() && isNameCharacter(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at).toLowerCase(Locale.ROOT);
    if (!text.startsWith("=", at)) {
      return new KeyOptions.Option(name, "");
    }
    at++;
    String value = quoted();
    if (value.isEmpty()) {
      throw new IllegalArgumentException("option " + name + " has no value");
    }
    return new KeyOptions.Option(name, value);
  }

  private static boolean isNameCharacter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
  }

  private String quoted() {
    if (!text.startsWith("\"", at)) {
      throw new IllegalArgumentException("a value without quotes");
    }
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      if (text.startsWith("\\\"", at)) {
        value.append('"');
        at++;
      } else if (text.charAt(at) == '"') {
        at++;
        return value.toString();
      } else {
        value.append(text.charAt(at));
      }
    }
    throw new IllegalArgumentException("a value whose quotes do not end");
  }
}
