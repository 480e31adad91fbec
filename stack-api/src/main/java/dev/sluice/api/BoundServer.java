package dev.sluice.api;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** A server that accepts sessions. */
public interface BoundServer extends Disposable {
  /** The deadline for {@link #healthy}. */
  Duration HEALTH_TIME = Duration.ofSeconds(10);

  /** The longest wait of {@link #disposeNow}. */
  Duration LAST_WORDS = Duration.ofSeconds(30);

  /** The address it listens on. */
  InetSocketAddress address();

  /**
   * What the server proves its identity with, as clients pin it: {@code SHA256:} and unpadded
   * base64 for each SSH host key; empty for FTP, whose certificate may change at any time.
   */
  List<String> fingerprints();

  /** Sessions open now. */
  int sessions();

  /**
   * Completes if the server accepts connections and can reach the files it serves; otherwise
   * signals the reason, within {@link #HEALTH_TIME}. Each subscription checks again: a storage that
   * is back is healthy again.
   */
  Mono<Void> healthy();

  /**
   * Ends one session without grace, telling its client that the operator wants it. Emits whether
   * there was one, after it has been closed.
   *
   * @param session the id of its {@link dev.sluice.api.observe.SessionRef}
   */
  Mono<Boolean> end(long session);

  /**
   * Stops accepting connections, lets running transfers finish for at most {@code grace}, then ends
   * every session. Completes when nothing is left open.
   */
  Mono<Void> drain(Duration grace);

  /** Stops accepting connections, and completes when the last session has ended by itself. */
  Mono<Void> retire();

  /** {@link #drain} without grace. */
  default Mono<Void> close() {
    return drain(Duration.ZERO);
  }

  /** Begins {@link #close} and does not wait. */
  @Override
  default void dispose() {
    close().onErrorComplete().subscribe();
  }

  /**
   * {@link #close}, and waits up to {@link #LAST_WORDS} until nothing is left open. Blocks: not for
   * event loops.
   */
  default void disposeNow() {
    close().block(LAST_WORDS);
  }

  /** Completes when the server has ended. */
  Mono<Void> onDispose();
}
