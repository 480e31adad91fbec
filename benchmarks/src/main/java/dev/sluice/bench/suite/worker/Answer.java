package dev.sluice.bench.suite.worker;

/**
 * What a process of the suite answers to an order: {@code done NUMBER} or {@code failed REASON}.
 *
 * @param number nanoseconds, or octets of heap
 */
public record Answer(long number) {
  private static final String DONE = "done ";
  private static final String FAILED = "failed ";

  public String encode() {
    return DONE + number;
  }

  static String failure(Throwable cause) {
    return FAILED
        + (cause.getClass().getSimpleName() + ": " + cause.getMessage()).replace('\n', ' ');
  }

  /**
   * Reads an answer.
   *
   * @throws IllegalStateException when it is a failure, with its reason
   */
  public static Answer decode(String line) {
    if (!line.startsWith(DONE)) {
      throw new IllegalStateException(
          line.startsWith(FAILED) ? line.substring(FAILED.length()) : "answered: " + line);
    }
    return new Answer(Long.parseLong(line.substring(DONE.length())));
  }
}
