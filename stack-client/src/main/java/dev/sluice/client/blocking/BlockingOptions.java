package dev.sluice.client.blocking;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The longest waits of a thread. Each ends in a {@link java.net.SocketTimeoutException}.
 *
 * @param connect for a session, the login included
 * @param verb for a verb that moves no content: attributes, lists, renames, and the end of a write
 * @param stall for the next octets of a content, either way
 * @param close for the end of a session
 */
@RecordBuilder
public record BlockingOptions(Duration connect, Duration verb, Duration stall, Duration close)
    implements BlockingOptionsBuilder.With {
  /** Three minutes to connect, five for a verb, two without an octet, ten seconds to close. */
  public static final BlockingOptions DEFAULT =
      new BlockingOptions(
          Duration.ofMinutes(3),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofSeconds(10));

  public BlockingOptions {
    if (Stream.of(connect, verb, stall, close).anyMatch(it -> it.compareTo(Duration.ZERO) <= 0)) {
      throw new IllegalArgumentException(
          "every wait must be positive: connect %s, verb %s, stall %s, close %s"
              .formatted(connect, verb, stall, close));
    }
  }
}
