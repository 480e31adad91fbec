package dev.sluice.transport.io;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Signal;
import reactor.util.context.Context;

/**
 * Buffers that a publisher gives on any thread and that one loop takes. Those that arrive together
 * are taken together, and more are asked for only when the taker says so. But for the signals of
 * the publisher, everything is called on the loop.
 */
public final class Arrivals implements CoreSubscriber<ByteBuf> {
  private final WakeUp taker;
  private final Ahead limits;
  private final Context context;
  private final Queue<ByteBuf> arrived = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Subscription> source = new AtomicReference<>();
  private volatile @Nullable Signal<?> end;
  private int outstanding;
  private int ahead;

  /**
   * How many buffers may have been asked for and not arrived: as many as hold {@code octets}, if
   * they are all as large as the last one.
   */
  public record Ahead(int least, int most, int octets) {
    int after(ByteBuf last) {
      return Math.max(least, Math.min(most, octets / Math.max(1, last.readableBytes())));
    }
  }

  /**
   * @param loop runs {@code take} when something has come: a subscription, buffers or the end
   * @param context of whom the buffers are for
   */
  public Arrivals(Executor loop, Runnable take, Ahead limits, Context context) {
    this.taker = new WakeUp(loop, take);
    this.limits = limits;
    this.context = context;
    this.ahead = limits.least();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    if (source.compareAndSet(null, Objects.requireNonNull(subscription))) {
      taker.wake();
    } else {
      subscription.cancel(); // nobody wants the content any more
    }
  }

  @Override
  public void onNext(ByteBuf data) {
    arrived.add(data);
    taker.wake();
  }

  @Override
  public void onError(Throwable cause) {
    end = Signal.error(Objects.requireNonNull(cause));
    taker.wake();
  }

  @Override
  public void onComplete() {
    end = Signal.complete();
    taker.wake();
  }

  @Override
  public Context currentContext() {
    return context;
  }

  /** Lets the loop run what takes the buffers. From any thread. */
  public void wake() {
    taker.wake();
  }

  /**
   * How the publisher has ended; null = it has not. What is polled after a call that answered an
   * end is all there is.
   */
  public @Nullable Signal<?> end() {
    return end;
  }

  /** The oldest buffer, the caller's; null = none waits. */
  public @Nullable ByteBuf poll() {
    ByteBuf oldest = arrived.poll();
    if (oldest != null) {
      outstanding--;
      ahead = limits.after(oldest);
    }
    return oldest;
  }

  /** There is room for more. */
  public void requestMore() {
    Subscription from = source.get();
    if (from != null && end == null && outstanding <= ahead / 2) {
      int missing = ahead - outstanding;
      outstanding = ahead;
      from.request(missing);
    }
  }

  /** Nothing more is wanted; what comes all the same still has to be polled and released. */
  public void cancel() {
    Subscription from = source.getAndSet(Operators.cancelledSubscription());
    if (from != null) {
      from.cancel();
    }
  }
}
