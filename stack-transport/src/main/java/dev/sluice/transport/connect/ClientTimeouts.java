package dev.sluice.transport.connect;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The waits that all protocols have. Each ends in {@link dev.sluice.api.TimedOut}.
 *
 * @param connect for a connection, TLS and data connections included; null = as the protocol has it
 * @param reply for an answer of the server; null = as the protocol has it
 */
@RecordBuilder
public record ClientTimeouts(@Nullable Duration connect, @Nullable Duration reply)
    implements ClientTimeoutsBuilder.With {
  /** Those of the protocol. */
  public static final ClientTimeouts DEFAULT = new ClientTimeouts(null, null);

  public ClientTimeouts {
    check(connect, "connect");
    check(reply, "reply");
  }

  private static void check(@Nullable Duration wait, String name) {
    if (wait != null && wait.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException(name + " must be positive: " + wait);
    }
  }
}
