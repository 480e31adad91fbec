package dev.sluice.sftp.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Work that others wait for before they go on, although nobody is subscribed to it. Any thread. */
final class Endings {
  private final Set<Sinks.Empty<Void>> open = ConcurrentHashMap.newKeySet();

  /** {@code work}, which counts from its subscription to its end. */
  Mono<Void> counted(Mono<Void> work) {
    return Mono.defer(
        () -> {
          Runnable ended = begin();
          return work.doFinally(how -> ended.run());
        });
  }

  /** Something begins that ends when the result runs. */
  Runnable begin() {
    Sinks.Empty<Void> end = Sinks.empty();
    open.add(end);
    return () -> {
      open.remove(end);
      end.tryEmitEmpty();
    };
  }

  /** Completes when all that has begun has ended. */
  Mono<Void> all() {
    return Mono.defer(() -> Mono.when(open.stream().map(Sinks.Empty::asMono).toList()));
  }
}
