package dev.sluice.client.inbox;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * How often a file is handed to its handler, and what becomes of it if the handler fails each time.
 * A process that starts again counts from the beginning.
 *
 * @param most attempts, at least 1; default 3
 * @param first the wait before the second attempt, and before what follows the handler is repeated;
 *     each further one doubles it. Default 1 s, at least 1 ms
 * @param longest the longest of these waits; default 1 min
 * @param failed what becomes of the file after the last attempt; default: it is left. Under a
 *     rename it then keeps the name of its claim, and is taken up by the next run
 */
@RecordBuilder
public record Attempts(int most, Duration first, Duration longest, Done failed)
    implements AttemptsBuilder.With {
  private static final Duration LEAST = Duration.ofMillis(1);

  /** Three attempts; the file is left. */
  public static final Attempts DEFAULT =
      new Attempts(3, Duration.ofSeconds(1), Duration.ofMinutes(1), Done.leave());

  public Attempts {
    if (most < 1) {
      throw new IllegalArgumentException("attempts: " + most + ", at least 1");
    }
    if (first.compareTo(LEAST) < 0 || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "waits of at least 1 ms, the first no longer than the longest: %s, %s"
              .formatted(first, longest));
    }
  }

  /** The wait after this attempt has failed; the first one is 1. */
  Duration after(int attempt) {
    return Waits.doubled(first, attempt - 1, longest);
  }
}
