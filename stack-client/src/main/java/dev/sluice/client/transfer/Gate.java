package dev.sluice.client.transfer;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Lets work begin while there is room, in the order of arrival. Small files take less room than
 * others: over distance their time is that of round trips, not of octets.
 */
final class Gate {
  /** Room that a file takes, unless it is small. */
  private static final int WHOLE = 4;

  /** Octets of the largest file that counts as small. */
  private static final long SMALL = 64 * 1024;

  private final int room;
  private final int least;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private final AtomicInteger draining = new AtomicInteger();
  private int used;

  private record Waiting(MonoSink<Integer> sink, int weight) {}

  private Gate(int room, int least) {
    this.room = room;
    this.least = least;
  }

  /** Room for so many files, or four times as many small ones. One file means one of any size. */
  static Gate of(int files) {
    return new Gate(files == 1 ? WHOLE : (int) Math.min((long) files * WHOLE, 1 << 16), 1);
  }

  /** Room for so many files, however small. */
  static Gate exactly(int files) {
    return new Gate((int) Math.min((long) files * WHOLE, 1 << 16), WHOLE);
  }

  /** How many pieces of work can be under way. */
  int most() {
    return room == WHOLE ? 1 : room;
  }

  /** Runs {@code work} when there is room for a file of so many octets; -1 = unknown. */
  <T> Flux<T> pass(long octets, Flux<T> work) {
    int weight = octets >= 0 && octets <= SMALL ? least : WHOLE;
    return Mono.<Integer>create(sink -> enter(new Waiting(sink, weight)))
        .flatMapMany(taken -> work.doFinally(how -> leave(taken)));
  }

  private void enter(Waiting waiting) {
    synchronized (queue) {
      queue.add(waiting);
    }
    drain();
  }

  private void leave(int weight) {
    synchronized (queue) {
      used -= weight;
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
      for (Waiting next = next(); next != null; next = next()) {
        next.sink().success(next.weight());
      }
      missed = draining.addAndGet(-missed);
    } while (missed > 0);
  }

  private @Nullable Waiting next() {
    synchronized (queue) {
      Waiting head = queue.peek();
      if (head == null || used + head.weight() > room) {
        return null;
      }
      used += head.weight();
      return queue.poll();
    }
  }
}
