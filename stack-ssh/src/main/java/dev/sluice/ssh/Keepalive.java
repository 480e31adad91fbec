package dev.sluice.ssh;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * Asks a silent peer whether it lives. Everything it sends counts as an answer.
 *
 * @param interval of silence before each question; zero = never ask
 * @param unanswered questions after which the connection is given up
 */
@RecordBuilder
public record Keepalive(Duration interval, int unanswered) implements KeepaliveBuilder.With {
  /** Asks after a minute, three times. */
  public static final Keepalive DEFAULT = new Keepalive(Duration.ofSeconds(60), 3);

  /** Never asks. */
  public static final Keepalive NONE = new Keepalive(Duration.ZERO, 1);

  public Keepalive {
    if (interval.isNegative() || unanswered < 1) {
      throw new IllegalArgumentException("keepalive " + interval + " " + unanswered);
    }
  }
}
