package dev.sluice.ssh;

import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A stream of octets in each direction, beside others on one connection (RFC 4254 section 5).
 * Demand reaches the peer: it may send a window more than was asked for.
 */
public interface SshChannel {

  /** What the peer sends. One subscriber, to which each buffer belongs; cancelling closes. */
  Flux<ByteBuf> input();

  /** What the peer sends beside it, as standard error. Subscribe before it is dropped. */
  Flux<ByteBuf> errors();

  /**
   * Much is about to come: the peer may send at once what a fast path of this length holds, within
   * the memory for windows, where it otherwise learns over some round trips that it may.
   */
  void expectBulk();

  /**
   * Sends {@code content}; completes when all of it waits for the peer's window or has been sent.
   * One at a time. Takes the buffers.
   */
  Mono<Void> send(Publisher<? extends ByteBuf> content);

  /** Ends our direction behind what was sent. */
  Mono<Void> endOutput();

  /** How what ran at the peer has ended; empty when it never said. */
  Mono<ExitStatus> exit();

  /** Closes both directions at once and completes when the peer has too. */
  Mono<Void> close();

  /** Completes when the channel is closed, whoever did it. */
  Mono<Void> onClosed();

  /** Where the publishers of this channel emit: one thread, which must not be blocked. */
  Scheduler scheduler();
}
