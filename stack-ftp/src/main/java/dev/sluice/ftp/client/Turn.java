package dev.sluice.ftp.client;

import dev.sluice.api.SessionBusy;
import dev.sluice.transport.io.LoopEnd;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Lets one caller at a time use a session, first come, first served. A caller who is cancelled
 * while waiting is skipped; one who is cancelled while at work gives up the turn only after
 * cleaning up. All state lives on the session's event loop.
 *
 * <p>A caller may wait for a stream that waits for this caller: a listing whose reader asks for
 * each file in turn, say. A caller that has waited for {@link dev.sluice.ftp.FtpTimeouts#turn},
 * while the stream waited for its user all that time, gets {@link SessionBusy}.
 */
final class Turn {
  private static final int LOOKS = 4;

  private final Conversation conversation;
  private final Executor loop;
  private final Duration limit;
  private final ArrayDeque<Caller> waiting = new ArrayDeque<>();
  private @Nullable Job current;
  private @Nullable Future<?> looking;
  private @Nullable UserSide seen;
  private long seenMoves;
  private long stalledSince;
  private boolean draining;

  private record Caller(MonoSink<Job> sink, long sinceNanos) {}

  Turn(Conversation conversation, Executor loop) {
    this.conversation = conversation;
    this.loop = task -> LoopEnd.execute(loop, task);
    this.limit = conversation.options.timeouts().turn();
  }

  /** Does {@code work} when its turn comes. */
  <T> Mono<T> take(Function<Job, Mono<T>> work) {
    return Mono.usingWhen(
        next(), job -> work.apply(job.begin()), Job::end, (job, cause) -> job.end(), Job::end);
  }

  /** As {@link #take}, for many results, which {@code reader} takes one by one. */
  <T> Flux<T> stream(Supplier<UserSide> reader, Function<Job, Flux<T>> work) {
    return Flux.usingWhen(
        next(),
        job -> {
          UserSide side = reader.get();
          job.reliesOn(side);
          return side.watch(work.apply(job.begin()));
        },
        Job::end,
        (job, cause) -> job.end(),
        Job::end);
  }

  /** Gives the turn to the next caller. */
  void pass() {
    loop.execute(
        () -> {
          current = null;
          drain();
        });
  }

  private Mono<Job> next() {
    return Mono.create(
        sink ->
            loop.execute(
                () -> {
                  Caller caller = new Caller(sink, System.nanoTime());
                  waiting.add(caller);
                  sink.onCancel(() -> loop.execute(() -> waiting.remove(caller)));
                  drain();
                }));
  }

  /** A loop, not a recursion: a thousand callers may fail one after the other. */
  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    while (current == null && !waiting.isEmpty()) {
      Job job = new Job(conversation, this);
      current = job;
      waiting.remove().sink().success(job);
      if (!job.hasBegun()) {
        current = null; // cancelled in the same moment: no caller took it
      }
    }
    draining = false;
    if (!waiting.isEmpty() && looking == null) {
      long period = Math.max(1, limit.toNanos() / LOOKS);
      looking =
          conversation
              .control
              .loop()
              .scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }
  }

  /** Checks whether the waiting callers wait in vain. */
  private void look() {
    Future<?> timer = looking;
    if (waiting.isEmpty() && timer != null) {
      timer.cancel(false);
      looking = null;
      seen = null;
      return;
    }
    long now = System.nanoTime();
    Job job = current;
    UserSide side = job == null ? null : job.userSide();
    if (side == null || !side.isNext() || side != seen || side.moves() != seenMoves) {
      seen = side;
      seenMoves = side == null ? 0 : side.moves();
      stalledSince = now;
      return;
    }
    long since = now - limit.toNanos();
    if (since - stalledSince >= 0) {
      refuse(side, since);
    }
  }

  private void refuse(UserSide side, long since) {
    List<Caller> late =
        waiting.stream().filter(caller -> since - caller.sinceNanos() >= 0).toList();
    waiting.removeAll(late);
    late.forEach(caller -> caller.sink().error(new SessionBusy(side.describe())));
  }
}
