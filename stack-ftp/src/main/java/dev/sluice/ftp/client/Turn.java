package dev.sluice.ftp.client;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Lets one caller at a time use a session, first come, first served. Who is cancelled while waiting
 * is skipped; who is cancelled while at work gives up the turn only after cleaning up. All state
 * lives on the session's event loop.
 */
final class Turn {
  private final Conversation conversation;
  private final Executor loop;
  private final ArrayDeque<MonoSink<Job>> waiting = new ArrayDeque<>();
  private boolean taken;
  private boolean draining;

  Turn(Conversation conversation, Executor loop) {
    this.conversation = conversation;
    this.loop = loop;
  }

  /** Does {@code work} when its turn comes. */
  <T> Mono<T> take(Function<Job, Mono<T>> work) {
    return Mono.usingWhen(
        next(), job -> work.apply(job.begin()), Job::end, (job, cause) -> job.end(), Job::end);
  }

  /** As {@link #take}, for many results. */
  <T> Flux<T> stream(Function<Job, ? extends Publisher<T>> work) {
    return Flux.usingWhen(
        next(), job -> work.apply(job.begin()), Job::end, (job, cause) -> job.end(), Job::end);
  }

  /** Gives the turn to the next caller. */
  void pass() {
    loop.execute(
        () -> {
          taken = false;
          drain();
        });
  }

  private Mono<Job> next() {
    return Mono.create(
        sink ->
            loop.execute(
                () -> {
                  waiting.add(sink);
                  sink.onCancel(() -> loop.execute(() -> waiting.remove(sink)));
                  drain();
                }));
  }

  /** A loop, not a recursion: a thousand callers may fail one after the other. */
  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    while (!taken && !waiting.isEmpty()) {
      taken = true;
      Job job = new Job(conversation, this);
      waiting.remove().success(job);
      if (!job.hasBegun()) {
        taken = false; // cancelled in the same moment: nobody took it
      }
    }
    draining = false;
  }
}
