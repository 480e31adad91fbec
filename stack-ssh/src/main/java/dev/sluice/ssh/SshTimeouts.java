package dev.sluice.ssh;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The longest waits of a client; each ends in {@link dev.sluice.api.TimedOut} that names the step.
 *
 * @param connect for the socket
 * @param handshake for the identification and the first key exchange
 * @param exchange for each later key exchange
 * @param login for each answer of the server to the login
 * @param request for a channel to be opened
 */
@RecordBuilder
public record SshTimeouts(
    Duration connect, Duration handshake, Duration exchange, Duration login, Duration request)
    implements SshTimeoutsBuilder.With {
  /** Half a minute each, two minutes for the login. */
  public static final SshTimeouts DEFAULT =
      all(Duration.ofSeconds(30)).withLogin(Duration.ofSeconds(120));

  public SshTimeouts {
    if (Stream.of(connect, handshake, exchange, login, request)
        .anyMatch(it -> it.compareTo(Duration.ZERO) <= 0)) {
      throw new IllegalArgumentException(
          "every wait must be positive: connect %s, handshake %s, exchange %s, login %s, request %s"
              .formatted(connect, handshake, exchange, login, request));
    }
  }

  /** Every wait the same: for networks that behave in a known way. */
  public static SshTimeouts all(Duration wait) {
    return new SshTimeouts(wait, wait, wait, wait, wait);
  }
}
