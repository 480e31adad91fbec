package dev.sluice.client.transfer;

import dev.sluice.storage.decorate.TokenBucket;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/** How fast octets may move, all streams of one pace together. */
final class Pace {
  /** As fast as can be. */
  static final Pace FREE = new Pace(null, Schedulers.parallel());

  private final @Nullable TokenBucket bucket;
  private final Scheduler timer;

  private Pace(@Nullable TokenBucket bucket, Scheduler timer) {
    this.bucket = bucket;
    this.timer = timer;
  }

  /**
   * At most so many octets a second.
   *
   * @param octetsPerSecond 0 = as many as can be
   */
  static Pace of(long octetsPerSecond) {
    return of(octetsPerSecond, Schedulers.parallel());
  }

  /** As {@link #of(long)}, by the clock of {@code timer}. */
  static Pace of(long octetsPerSecond, Scheduler timer) {
    return octetsPerSecond == 0 ? FREE : new Pace(new TokenBucket(octetsPerSecond), timer);
  }

  /** {@code content}, asked for no faster than it may move. No buffer waits here. */
  Flux<ByteBuf> of(Flux<ByteBuf> content) {
    TokenBucket limit = bucket;
    return limit == null
        ? content
        : new Flux<>() {
          @Override
          public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
            content.subscribe(new Paced(actual, limit, timer));
          }
        };
  }

  /** Asks for one buffer at a time, and for the next when the last one is paid for. */
  private static final class Paced implements CoreSubscriber<ByteBuf>, Subscription {
    private final CoreSubscriber<? super ByteBuf> actual;
    private final TokenBucket bucket;
    private final Scheduler timer;
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Disposable.Swap wait = Disposables.swap();
    private @Nullable Subscription source;

    Paced(CoreSubscriber<? super ByteBuf> actual, TokenBucket bucket, Scheduler timer) {
      this.actual = actual;
      this.bucket = bucket;
      this.timer = timer;
    }

    @Override
    public Context currentContext() {
      return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      source = subscription;
      actual.onSubscribe(this);
    }

    @Override
    public void request(long buffers) {
      if (Operators.validate(buffers)) {
        wanted.accumulateAndGet(buffers, Operators::addCap);
        ask();
      }
    }

    @Override
    public void cancel() {
      wait.dispose();
      Subscription from = source;
      if (from != null) {
        from.cancel();
      }
    }

    @Override
    public void onNext(ByteBuf buffer) {
      long due = bucket.take(buffer.readableBytes(), timer.now(TimeUnit.NANOSECONDS));
      wanted.decrementAndGet();
      actual.onNext(buffer);
      if (due == 0) {
        paid();
      } else {
        wait.update(timer.schedule(this::paid, due, TimeUnit.NANOSECONDS));
      }
    }

    @Override
    public void onError(Throwable failure) {
      wait.dispose();
      actual.onError(failure);
    }

    @Override
    public void onComplete() {
      wait.dispose();
      actual.onComplete();
    }

    private void paid() {
      asked.set(false);
      ask();
    }

    private void ask() {
      Subscription from = source;
      if (from != null && wanted.get() > 0 && asked.compareAndSet(false, true)) {
        from.request(1);
      }
    }
  }
}
