package dev.sluice.api;

import java.net.InetSocketAddress;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** A server that accepts sessions. */
public interface BoundServer {
  /** The deadline for {@link #healthy}. */
  Duration HEALTH_TIME = Duration.ofSeconds(10);

  /** The address it listens on. */
  InetSocketAddress address();

  /** Sessions open now. */
  int sessions();

  /**
   * Completes if the server accepts connections and can reach the files it serves; otherwise
   * signals the reason, within {@link #HEALTH_TIME}. Each subscription checks again: a storage that
   * is back is healthy again.
   */
  Mono<Void> healthy();

  /**
   * Stops accepting connections, lets running transfers finish for at most {@code grace}, then ends
   * every session. Completes when nothing is left open.
   */
  Mono<Void> drain(Duration grace);

  /** {@link #drain} without grace. */
  default Mono<Void> close() {
    return drain(Duration.ZERO);
  }

  /** Completes when the server has ended. */
  Mono<Void> onClosed();
}
