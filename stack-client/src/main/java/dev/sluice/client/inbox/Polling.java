package dev.sluice.client.inbox;

import dev.sluice.api.WalkOptions;
import dev.sluice.client.transfer.Filter;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * How a directory is looked at.
 *
 * @param every the wait from the end of a poll to the next; default 5 s, at least 1 ms. While as
 *     many files as allowed are under way, nobody looks
 * @param longest the longest wait after polls that failed; each failure in a row doubles the wait.
 *     Default 1 min, not less than {@code every}
 * @param depth of nested directories: 1 = the files of the directory itself, which is the default;
 *     at most 256
 * @param filter which files take part; default: all. Unfinished uploads of Sluice never do
 * @param order in which files that are ready at the same poll are taken up; default: the oldest
 *     first
 * @param most files taken up after one poll, 1 to 100,000; default 1,000. The others wait for the
 *     next one
 * @param timer the clock of all waits, and where listings are worked through; default: the parallel
 *     scheduler of Reactor
 */
@RecordBuilder
public record Polling(
    Duration every,
    Duration longest,
    int depth,
    Filter filter,
    Order order,
    int most,
    Scheduler timer)
    implements PollingBuilder.With {
  private static final int MOST_FILES = 100_000;
  private static final Duration LEAST = Duration.ofMillis(1);

  /** Every five seconds, the directory itself, the oldest file first. */
  public static final Polling DEFAULT =
      new Polling(
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          1,
          Filter.all(),
          Order.OLDEST_FIRST,
          1000,
          Schedulers.parallel());

  public Polling {
    if (every.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException("every: " + every + ", at least 1 ms");
    }
    if (longest.compareTo(every) < 0) {
      throw new IllegalArgumentException("longest: " + longest + ", less than every: " + every);
    }
    if (depth < 1 || depth > WalkOptions.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "depth " + depth + ", 1 to " + WalkOptions.MAX_DEPTH + " are possible");
    }
    if (most < 1 || most > MOST_FILES) {
      throw new IllegalArgumentException("most: " + most + ", 1 to 100,000 are possible");
    }
  }

  /** The wait after so many failures in a row. */
  Duration after(int failures) {
    return Waits.doubled(every, failures, longest);
  }
}
