package dev.sluice.ssh.io;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * What arrives on a channel, delivered on demand: data that is not requested keeps using up the
 * peer's window. One subscriber; all state lives on the event loop.
 */
final class ChannelInput extends Flux<ByteBuf> implements Subscription {
  private final Executor loop;
  private final Supplier<@Nullable ByteBuf> source;
  private final BooleanSupplier hasMore;
  private final BooleanSupplier sourceEnded;
  private final Runnable cancelled;
  private @Nullable CoreSubscriber<? super ByteBuf> subscriber;
  private @Nullable Throwable failure;
  private long demand;
  private boolean ended;
  private boolean done;
  private boolean delivering;

  /**
   * @param loop runs tasks in order where the core may be used
   * @param source the next data; null = none now
   * @param hasMore whether {@code source} has data now
   * @param sourceEnded whether no more than that will arrive
   */
  ChannelInput(
      Executor loop,
      Supplier<@Nullable ByteBuf> source,
      BooleanSupplier hasMore,
      BooleanSupplier sourceEnded,
      Runnable cancelled) {
    this.loop = loop;
    this.source = source;
    this.hasMore = hasMore;
    this.sourceEnded = sourceEnded;
    this.cancelled = cancelled;
  }

  @Override
  public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
    loop.execute(
        () -> {
          if (subscriber != null) {
            Operators.error(actual, new IllegalStateException("a stream has one subscriber"));
            return;
          }
          subscriber = actual;
          actual.onSubscribe(this);
          deliver();
        });
  }

  @Override
  public void request(long n) {
    if (Operators.validate(n)) {
      loop.execute(
          () -> {
            demand = Operators.addCap(demand, n);
            deliver();
          });
    }
  }

  @Override
  public void cancel() {
    loop.execute(
        () -> {
          if (!done) {
            done = true;
            cancelled.run();
          }
        });
  }

  /** There may be data. On the loop. */
  void readable() {
    deliver();
  }

  /** The channel is closed: normally if {@code cause} is null. On the loop. */
  void end(@Nullable Throwable cause) {
    if (!ended) {
      ended = true;
      failure = cause;
      deliver();
    }
  }

  /** Whether nobody has asked for the data. */
  boolean isUnwatched() {
    return subscriber == null;
  }

  private void deliver() {
    CoreSubscriber<? super ByteBuf> actual = subscriber;
    if (actual == null || delivering || done) {
      return;
    }
    delivering = true;
    while (!done && demand > 0) {
      ByteBuf data = source.get();
      if (data == null) {
        break;
      }
      demand--;
      actual.onNext(data);
    }
    delivering = false;
    if (!done && (ended || sourceEnded.getAsBoolean()) && !hasMore.getAsBoolean()) {
      done = true;
      if (failure == null) {
        actual.onComplete();
      } else {
        actual.onError(failure);
      }
    }
  }
}
