package dev.sluice.ssh;

import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A stream of octets in each direction; one connection carries several (RFC 4254 section 5). Demand
 * reaches the peer, which may send one window more than was requested.
 */
public interface SshChannel {

  /** What the peer sends. One subscriber, to which each buffer belongs; cancelling closes. */
  Flux<ByteBuf> input();

  /** What the peer sends as standard error. It is dropped unless there is a subscriber. */
  Flux<ByteBuf> errors();

  /**
   * Announces that much data is about to arrive. The peer may then send at once as much as a fast
   * path of this length holds, within the memory for windows. Otherwise its window grows to that
   * size over several round trips.
   */
  void expectBulk();

  /**
   * Sends {@code content}; completes when all of it has been sent or waits for the peer's window.
   * One call at a time. Takes the buffers.
   */
  Mono<Void> send(Publisher<? extends ByteBuf> content);

  /** Ends our direction after what was sent. */
  Mono<Void> endOutput();

  /** How the peer's command ended; empty if the peer never reported it. */
  Mono<ExitStatus> exit();

  /** Closes both directions at once and completes when the peer has too. */
  Mono<Void> close();

  /** Completes when the channel is closed, by either side. */
  Mono<Void> onClosed();

  /** Where the publishers of this channel emit: on one thread, which must not be blocked. */
  Scheduler scheduler();
}
