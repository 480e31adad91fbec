package dev.sluice.bench.suite.worker;

import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** The end of reactive code: a process that does one thing at a time may wait. */
final class Waiting {
  /** Longer than any run; the suite gives up before. */
  static final Duration LIMIT = Duration.ofMinutes(10);

  private Waiting() {}

  static <T> T of(Mono<T> publisher) {
    return Objects.requireNonNull(publisher.block(LIMIT), "completed without a value");
  }

  static void end(Mono<Void> publisher) {
    publisher.block(LIMIT);
  }
}
