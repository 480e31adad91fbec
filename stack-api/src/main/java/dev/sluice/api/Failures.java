package dev.sluice.api;

import java.util.Locale;

/** Failures in the log of an operator. */
public final class Failures {
  private static final int MOST_CAUSES = 5;

  private Failures() {}

  /**
   * What happened and why, on one line: the words of the failure and of its causes, without names
   * of classes and methods, control characters escaped.
   */
  public static String line(Throwable failure) {
    StringBuilder line = new StringBuilder();
    Throwable current = failure;
    for (int i = 0; i < MOST_CAUSES && current != null; i++) {
      String words = current.getMessage();
      String part = words == null || words.isBlank() ? kind(current) : words;
      if (line.indexOf(part) < 0) {
        line.append(line.isEmpty() ? "" : ": ").append(part);
      }
      current = current.getCause();
    }
    return RawName.escape(line.toString());
  }

  /** {@code NullPointerException} is an internal fault: null pointer. */
  private static String kind(Throwable failure) {
    String name = failure.getClass().getSimpleName().replaceFirst("(Exception|Error)$", "");
    String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return words.isBlank() ? "internal fault" : "internal fault: " + words;
  }
}
