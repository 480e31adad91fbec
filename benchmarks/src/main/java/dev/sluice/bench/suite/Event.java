package dev.sluice.bench.suite;

import dev.sluice.bench.suite.contender.Spent;
import java.io.IOException;

/**
 * Something that a pair does over and over.
 *
 * @param what it is called
 * @param unit of its rate
 * @param work that one run does, in that unit without its "a second"
 * @param gibibytes that one run moves; 0 = its CPU time is not reported
 * @param trial one run
 */
record Event(String what, String unit, double work, double gibibytes, Trial trial) {
  private static final double MEGA = 1e6;
  private static final double GIBI = 1L << 30;

  /** One run. */
  interface Trial {
    /**
     * Runs it once.
     *
     * @param thorough whether to check all that arrives
     */
    Spent run(Bout bout, boolean thorough) throws IOException;
  }

  /** Moves a file of this many octets. */
  static Event file(String what, long octets, Trial trial) {
    return new Event(what, "MB/s", octets / MEGA, octets / GIBI, trial);
  }

  /** As {@link #file}, without its CPU time. */
  static Event rate(String what, long octets, Trial trial) {
    return new Event(what, "MB/s", octets / MEGA, 0, trial);
  }

  /** Does something {@code count} times. */
  static Event times(String what, String unit, int count, Trial trial) {
    return new Event(what, unit, count, 0, trial);
  }
}
