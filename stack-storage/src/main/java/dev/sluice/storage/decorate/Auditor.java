package dev.sluice.storage.decorate;

import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes the records of one session. */
record Auditor(String user, Consumer<AuditRecord> sink, Clock clock) {
  static final String OK = "ok";
  static final String CANCELLED = "cancelled";

  /** A verb that begins now. */
  Entry begin(String verb, RemotePath path, @Nullable String target) {
    return new Entry(verb, path, target);
  }

  <T> Mono<T> record(String verb, RemotePath path, Mono<T> work) {
    return record(verb, path, null, work);
  }

  <T> Mono<T> record(String verb, RemotePath path, @Nullable String target, Mono<T> work) {
    return Mono.defer(
        () -> {
          Entry entry = begin(verb, path, target);
          return work.doOnSuccess(done -> entry.end(OK))
              .doOnError(cause -> entry.end(result(cause)))
              .doOnCancel(() -> entry.end(CANCELLED));
        });
  }

  <T> Flux<T> record(String verb, RemotePath path, Flux<T> work) {
    return Flux.defer(
        () -> {
          Entry entry = begin(verb, path, null);
          return work.doOnComplete(() -> entry.end(OK))
              .doOnError(cause -> entry.end(result(cause)))
              .doOnCancel(() -> entry.end(CANCELLED));
        });
  }

  static String result(Throwable cause) {
    return cause instanceof FileFailure refused ? refused.error().name() : "OTHER";
  }

  /** A record that is not complete yet. */
  final class Entry {
    private final String verb;
    private final RemotePath path;
    private final @Nullable String target;
    private final Instant time = clock.instant();
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong octets = new AtomicLong();

    Entry(String verb, RemotePath path, @Nullable String target) {
      this.verb = verb;
      this.path = path;
      this.target = target;
    }

    void moved(long more) {
      octets.addAndGet(more);
    }

    /** The first end counts. */
    void end(String result) {
      if (ended.compareAndSet(false, true)) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        sink.accept(new AuditRecord(time, user, verb, path, target, octets.get(), took, result));
      }
    }
  }
}
