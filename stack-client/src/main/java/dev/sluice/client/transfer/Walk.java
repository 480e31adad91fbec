package dev.sluice.client.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * Visits directories: each before those below it, which come before the next one beside it. The
 * next ones on this way are visited ahead, so that many small directories need not wait for each
 * other's round trips. Waiting are those beside the way, at most one listing for each directory
 * above.
 */
final class Walk {
  private final Function<Folder, Mono<Visit>> visiting;
  private final int ahead;
  private final FluxSink<Visit> sink;
  private final Disposable.Composite running = Disposables.composite();
  private final AtomicInteger draining = new AtomicInteger();

  /** In the order of the walk; used only while draining. */
  private final Deque<Slot> slots = new ArrayDeque<>();

  private static final class Slot {
    private final Folder folder;
    private boolean begun;
    private volatile @Nullable Visit visit;

    Slot(Folder folder) {
      this.folder = folder;
    }
  }

  private Walk(Function<Folder, Mono<Visit>> visiting, int ahead, FluxSink<Visit> sink) {
    this.visiting = visiting;
    this.ahead = ahead;
    this.sink = sink;
  }

  /**
   * The visits from {@code top} on.
   *
   * @param visiting signals one visit, and never an error
   * @param ahead directories that are visited at a time; 1 = one, and only when it is asked for
   */
  static Flux<Visit> of(Folder top, Function<Folder, Mono<Visit>> visiting, int ahead) {
    return Flux.create(
        sink -> {
          Walk walk = new Walk(visiting, ahead, sink);
          walk.slots.add(new Slot(top));
          sink.onDispose(walk.running);
          sink.onRequest(more -> walk.drain());
        });
  }

  private void drain() {
    if (draining.getAndIncrement() > 0) {
      return;
    }
    int missed = 1;
    do {
      while (emitOne()) {
        // The next one may be ready, too.
      }
      if (slots.isEmpty()) {
        sink.complete();
      } else {
        begin();
      }
      missed = draining.addAndGet(-missed);
    } while (missed > 0);
  }

  private boolean emitOne() {
    Slot head = slots.peek();
    Visit visit = head == null ? null : head.visit;
    if (visit == null || sink.requestedFromDownstream() == 0) {
      return false;
    }
    slots.remove();
    List<Folder> below = visit.directories();
    for (int i = below.size() - 1; i >= 0; i--) {
      slots.addFirst(new Slot(below.get(i)));
    }
    sink.next(visit);
    return true;
  }

  private void begin() {
    if (sink.isCancelled() || ahead == 1 && sink.requestedFromDownstream() == 0) {
      return;
    }
    Iterator<Slot> next = slots.iterator();
    for (int i = 0; i < ahead && next.hasNext(); i++) {
      Slot slot = next.next();
      if (!slot.begun) {
        slot.begun = true;
        begin(slot);
      }
    }
  }

  private void begin(Slot slot) {
    Disposable.Swap one = Disposables.swap();
    running.add(one);
    one.update(
        visiting
            .apply(slot.folder)
            .contextWrite(sink.contextView())
            .subscribe(
                visit -> {
                  slot.visit = visit;
                  running.remove(one);
                  drain();
                },
                sink::error));
  }
}
