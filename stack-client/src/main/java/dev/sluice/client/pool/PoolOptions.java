package dev.sluice.client.pool;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How sessions are kept for many callers. Start from {@link #most}.
 *
 * @param most sessions at a time
 * @param acquire the longest wait of a caller for a session, including the login
 * @param idle a session that was unused for this long is closed
 * @param check a session that was unused for this long is asked whether it lives before it is lent;
 *     one that does not answer is replaced
 * @param keepAlive an unused session is asked this often whether it lives, so that neither a server
 *     nor a firewall forgets it; 0 = never
 * @param warm sessions that are opened at once, and not when they are first needed; at most {@code
 *     most}
 * @param name of the pool in its {@link dev.sluice.api.observe.PoolEvent}s
 */
@RecordBuilder
public record PoolOptions(
    int most,
    Duration acquire,
    Duration idle,
    Duration check,
    Duration keepAlive,
    int warm,
    String name)
    implements PoolOptionsBuilder.With {
  public PoolOptions {
    if (most < 1) {
      throw new IllegalArgumentException("a pool needs a session: most " + most);
    }
    if (warm < 0 || warm > most) {
      throw new IllegalArgumentException("warm %d is not between 0 and %d".formatted(warm, most));
    }
    if (keepAlive.isNegative()) {
      throw new IllegalArgumentException("keepAlive must not be negative: " + keepAlive);
    }
    if (Stream.of(acquire, idle, check).anyMatch(it -> it.compareTo(Duration.ZERO) <= 0)) {
      throw new IllegalArgumentException(
          "every time must be positive: acquire %s, idle %s, check %s"
              .formatted(acquire, idle, check));
    }
  }

  /** Up to this many sessions; ten seconds to get one, a minute idle, asked after five seconds. */
  public static PoolOptions most(int sessions) {
    return new PoolOptions(
        sessions,
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        Duration.ZERO,
        0,
        "sessions");
  }
}
