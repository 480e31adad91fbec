package dev.sluice.ssh;

import reactor.core.publisher.Mono;

/** Serves a command or a subsystem that a client starts. */
@FunctionalInterface
public interface SshService {

  /**
   * Serves one call; the channel is closed when this ends. Called on an event loop; must not block.
   *
   * @return the exit status; 1 if there is an error or no value. Cancelled when the client closes
   *     the channel.
   */
  Mono<Integer> serve(SshCall call);

  /**
   * Completes when calls that are over have given back what they held; a server that stops waits
   * for it, but not for ever.
   */
  default Mono<Void> ended() {
    return Mono.empty();
  }

  /** Completes if it could serve a call now; else signals why not. */
  default Mono<Void> check() {
    return Mono.empty();
  }
}
