package dev.sluice.ftp;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The longest waits of a server.
 *
 * @param login from connect to login
 * @param idle without a command or a transfer
 * @param dataConnect for a data connection, either way
 * @param dataStall without one octet moving on a data connection
 */
@RecordBuilder
public record FtpServerTimeouts(
    Duration login, Duration idle, Duration dataConnect, Duration dataStall)
    implements FtpServerTimeoutsBuilder.With {
  /** A minute to log in, five idle, half a minute to connect, two without an octet. */
  public static final FtpServerTimeouts DEFAULT =
      new FtpServerTimeouts(
          Duration.ofSeconds(60),
          Duration.ofSeconds(300),
          Duration.ofSeconds(30),
          Duration.ofSeconds(120));

  public FtpServerTimeouts {
    if (Stream.of(login, idle, dataConnect, dataStall)
        .anyMatch(it -> it.compareTo(Duration.ZERO) <= 0)) {
      throw new IllegalArgumentException(
          "every wait must be positive: login %s, idle %s, data connect %s, data stall %s"
              .formatted(login, idle, dataConnect, dataStall));
    }
  }
}
