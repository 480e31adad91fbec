package dev.sluice.storage.gateway;

import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Lets one operation run at a time, in the order of subscription. */
final class Turns {
  private final AtomicReference<Mono<Void>> last = new AtomicReference<>(Mono.empty());

  /** {@code operation}, started after all operations before it have ended. */
  <T> Mono<T> take(Mono<T> operation) {
    return Mono.defer(
        () -> {
          Sinks.Empty<Void> ended = Sinks.empty();
          Mono<Void> before = last.getAndSet(ended.asMono());
          return before
              .then(operation)
              // If an operation is cancelled while it waits, the next must not overtake those
              // before it.
              .doFinally(signal -> before.subscribe(null, null, ended::tryEmitEmpty));
        });
  }
}
