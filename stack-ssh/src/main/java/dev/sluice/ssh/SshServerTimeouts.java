package dev.sluice.ssh;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The longest waits of a server, after which it disconnects.
 *
 * @param handshake for the identification and the first key exchange
 * @param exchange for each later key exchange
 * @param login from the connection to the end of authentication
 */
@RecordBuilder
public record SshServerTimeouts(Duration handshake, Duration exchange, Duration login)
    implements SshServerTimeoutsBuilder.With {
  /** Half a minute for keys, two minutes for the login. */
  public static final SshServerTimeouts DEFAULT =
      new SshServerTimeouts(
          Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(120));

  public SshServerTimeouts {
    if (Stream.of(handshake, exchange, login).anyMatch(it -> it.compareTo(Duration.ZERO) <= 0)) {
      throw new IllegalArgumentException(
          "every wait must be positive: handshake %s, exchange %s, login %s"
              .formatted(handshake, exchange, login));
    }
  }
}
