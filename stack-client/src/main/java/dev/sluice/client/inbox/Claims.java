package dev.sluice.client.inbox;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How a consumer makes a file its own, so that of several consumers one gets it. Each consumer that
 * lives at the same time needs a name of its own, and the same one when it starts again: by it the
 * consumer finds what it had claimed and not finished.
 */
public sealed interface Claims {

  /** Letters, digits, {@code -} and {@code _}. */
  Pattern CONSUMER = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * A file is renamed to {@code NAME.CONSUMER.DIGITS.claimed} in its directory; only one rename of
   * a file succeeds. The digits are new each time, so that no claim replaces another. Needs no
   * further place, and works over every protocol. Claims of a consumer that never starts again
   * stay: give its name to another one.
   */
  static Claims rename(String consumer) {
    return new Rename(consumer);
  }

  /** A claim is an entry of a store; the file keeps its name. */
  static Claims stored(ClaimStore store, String consumer) {
    return new Stored(store, consumer, Stored.LEASE);
  }

  /** Who claims. */
  String consumer();

  /** See {@link Claims#rename(String)}. */
  record Rename(String consumer) implements Claims {
    public Rename {
      check(consumer);
    }
  }

  /**
   * See {@link Claims#stored(ClaimStore, String)}.
   *
   * @param lease how long a claim lasts unless it is renewed, which happens three times in this
   *     time; then another consumer takes the file. Default 1 min, at least 1 s
   */
  record Stored(ClaimStore store, String consumer, Duration lease) implements Claims {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration LEAST = Duration.ofSeconds(1);

    public Stored {
      check(consumer);
      if (lease.compareTo(LEAST) < 0) {
        throw new IllegalArgumentException("lease: " + lease + ", at least 1 s");
      }
    }

    /** With another lease. */
    public Stored lease(Duration time) {
      return new Stored(store, consumer, time);
    }
  }

  private static void check(String consumer) {
    if (!CONSUMER.matcher(consumer).matches()) {
      throw new IllegalArgumentException(
          "consumer \"" + consumer + "\": 1 to 64 letters, digits, - and _");
    }
  }
}
