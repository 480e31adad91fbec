package dev.sluice.api;

/** Failures in the log of an operator. */
public final class Failures {
  private static final int MOST_CAUSES = 5;

  private Failures() {}

  /**
   * What happened and why, on one line: the words of the failure and of its causes, without names
   * of classes and methods where there are words, control characters escaped.
   */
  public static String line(Throwable failure) {
    StringBuilder line = new StringBuilder();
    Throwable current = failure;
    for (int i = 0; i < MOST_CAUSES && current != null; i++) {
      String words = current.getMessage();
      String part = words == null || words.isBlank() ? current.getClass().getSimpleName() : words;
      if (line.indexOf(part) < 0) {
        line.append(line.isEmpty() ? "" : ": ").append(part);
      }
      current = current.getCause();
    }
    return RawName.escape(line.toString());
  }
}
