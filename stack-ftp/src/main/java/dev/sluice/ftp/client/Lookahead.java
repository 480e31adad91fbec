package dev.sluice.ftp.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Reads a stream ahead of its reader, up to a bound, so that a small stream ends however slowly it
 * is read. A listing gives the session back when its final reply is in, and the reader of the
 * listing may then use the session.
 */
final class Lookahead<T> {
  /** The most that is held of one listing, in octets. */
  static final int OCTETS = 1024 * 1024;

  /** The number of items requested at a time: so many may exceed the bound. */
  private static final int BATCH = 16;

  private final Sinks.Many<T> ready =
      Sinks.many().unicast().onBackpressureBuffer(Queues.<T>unbounded().get());
  private final AtomicLong held = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final int bound;
  private final ToIntFunction<T> weight;
  private final Source source;

  private Lookahead(int bound, ToIntFunction<T> weight, ContextView context) {
    this.bound = bound;
    this.weight = weight;
    this.source = new Source(Context.of(context));
  }

  /**
   * {@code items}, read ahead.
   *
   * @param bound octets held at most, by {@code weight}, and a few items more
   */
  static <T> Flux<T> of(Flux<T> items, int bound, ToIntFunction<T> weight) {
    return Flux.deferContextual(context -> new Lookahead<>(bound, weight, context).follow(items));
  }

  private Flux<T> follow(Flux<T> items) {
    return ready
        .asFlux()
        .doOnSubscribe(reader -> items.subscribe(source))
        .doOnNext(this::taken)
        .doOnCancel(source::cancel);
  }

  private void taken(T item) {
    held.addAndGet(-weight.applyAsInt(item));
    source.askForMore();
  }

  private final class Source extends BaseSubscriber<T> {
    private final Context context;

    Source(Context context) {
      this.context = context;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      askForMore();
    }

    @Override
    protected void hookOnNext(T item) {
      held.addAndGet(weight.applyAsInt(item));
      asked.decrementAndGet();
      ready.tryEmitNext(item); // fails only when there is no reader any more
      askForMore();
    }

    @Override
    protected void hookOnComplete() {
      ready.tryEmitComplete();
    }

    @Override
    protected void hookOnError(Throwable cause) {
      ready.tryEmitError(cause);
    }

    @Override
    public Context currentContext() {
      return context;
    }

    /** Any thread: the thread that sees the last requested item arrive requests the next ones. */
    void askForMore() {
      if (held.get() < bound && asked.compareAndSet(0, BATCH)) {
        request(BATCH);
      }
    }
  }
}
