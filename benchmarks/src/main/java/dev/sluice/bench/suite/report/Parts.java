package dev.sluice.bench.suite.report;

/** What the figures are filed under. */
public final class Parts {
  public static final String BIG = "big file";
  public static final String MANY = "many files";
  public static final String LOGINS = "logins";
  public static final String IDLE = "idle session";
  public static final String LONG = "long way";
  public static final String DAILY = "daily use";

  public static final String DOWN = "down";
  public static final String UP = "up";
  public static final String CPU = " CPU";
  public static final String HEAP = "heap";
  public static final String MEMORY = "memory";
  public static final String THREADS = "threads";

  private Parts() {}

  /** Small files {@link #DOWN} or {@link #UP}. */
  public static String many(String direction) {
    return "many " + direction;
  }

  /** Down or up over a path with a round trip of this many milliseconds. */
  public static String over(String direction, int millis) {
    return direction + " " + millis + " ms";
  }
}
