package dev.sluice.client.transfer;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Room that pieces of work share, each of its own weight. Work begins in the order of arrival, when
 * there is room for it. Safe for many threads.
 */
final class Turns {
  private final long room;
  private final Queue<Turn> queue = new ArrayDeque<>();
  private final AtomicInteger draining = new AtomicInteger();
  private long used;

  Turns(long room) {
    this.room = room;
  }

  /** What all the work that has begun weighs. */
  long used() {
    synchronized (queue) {
      return used;
    }
  }

  /** Pieces of work that have not begun. */
  int waiting() {
    synchronized (queue) {
      return queue.size();
    }
  }

  /**
   * Subscribes to {@code work} when there is room for it, until it ends or is cancelled.
   *
   * @param weight no more than the whole room
   */
  <T> Flux<T> pass(long weight, Flux<T> work) {
    return Flux.defer(
        () -> {
          Turn turn = new Turn(weight);
          return turn.came
              .asMono()
              .thenMany(work)
              .doFirst(() -> enter(turn))
              .doFinally(how -> leave(turn));
        });
  }

  /** Under the lock of the queue. */
  private static final class Turn {
    private final long weight;
    private final Sinks.Empty<Void> came = Sinks.empty();
    private boolean begun;

    Turn(long weight) {
      this.weight = weight;
    }
  }

  private void enter(Turn turn) {
    synchronized (queue) {
      queue.add(turn);
    }
    drain();
  }

  /** Whoever gives up may have kept others from their turn. */
  private void leave(Turn turn) {
    synchronized (queue) {
      if (turn.begun) {
        used -= turn.weight;
      } else {
        queue.remove(turn);
      }
    }
    drain();
  }

  /** What begins here may end here and make room: that is seen in the next round, not deeper. */
  private void drain() {
    if (draining.getAndIncrement() > 0) {
      return;
    }
    int missed = 1;
    do {
      for (Turn next = next(); next != null; next = next()) {
        next.came.tryEmitEmpty();
      }
      missed = draining.addAndGet(-missed);
    } while (missed > 0);
  }

  private @Nullable Turn next() {
    synchronized (queue) {
      Turn head = queue.peek();
      if (head == null || used + head.weight > room) {
        return null;
      }
      used += head.weight;
      head.begun = true;
      return queue.poll();
    }
  }
}
