package dev.sluice.transport.io;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The octets of a channel as they are asked for. One subscriber; all state lives on the event loop.
 */
final class InboundStream extends Flux<ByteBuf> implements Subscription {
  private final LoopQueue queue;
  private final Runnable readMore;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private @Nullable CoreSubscriber<? super ByteBuf> subscriber;
  private @Nullable Throwable failure;
  private long demand;
  private boolean ended;
  private boolean done;
  private boolean delivering;

  /**
   * @param readMore asks the channel for one more read; called on the loop, may be called too often
   */
  InboundStream(EventLoop loop, Runnable readMore) {
    this.queue = new LoopQueue(loop);
    this.readMore = readMore;
  }

  @Override
  public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
    queue.run(
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
    if (!Operators.validate(n)) {
      return;
    }
    queue.run(
        () -> {
          demand = Operators.addCap(demand, n);
          deliver();
        });
  }

  @Override
  public void cancel() {
    queue.run(this::discard);
  }

  /** Takes the buffer. */
  void accept(ByteBuf octets) {
    if (done || ended) {
      octets.release();
      return;
    }
    waiting.add(octets);
    deliver();
  }

  /** No more octets will come: in order when {@code cause} is null. */
  void end(@Nullable Throwable cause) {
    if (!ended) {
      ended = true;
      failure = cause;
      deliver();
    }
  }

  /** Drops what waits, then ends: for a connection that we cut ourselves. */
  void abort(Throwable cause) {
    release();
    end(cause);
  }

  /**
   * We close the connection: what has arrived without a subscriber is dropped, since a peer's data
   * may be read before they are asked for, when it ends its side. A subscriber gets the rest.
   */
  void closeUnclaimed(Throwable cause) {
    queue.run(
        () -> {
          if (subscriber == null) {
            abort(cause);
          }
        });
  }

  boolean wantsRead() {
    return !ended && !done && demand > 0 && waiting.isEmpty();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Drops what waits and whatever still comes. */
  void discard() {
    done = true;
    release();
  }

  private void release() {
    for (ByteBuf octets = waiting.poll(); octets != null; octets = waiting.poll()) {
      octets.release();
    }
  }

  private void deliver() {
    CoreSubscriber<? super ByteBuf> actual = subscriber;
    if (actual == null || delivering || done) {
      return;
    }
    delivering = true;
    while (demand > 0 && !waiting.isEmpty() && !done) {
      demand--;
      actual.onNext(waiting.remove());
    }
    delivering = false;
    if (ended && waiting.isEmpty() && !done) {
      done = true;
      if (failure == null) {
        actual.onComplete();
      } else {
        actual.onError(failure);
      }
    } else if (wantsRead()) {
      readMore.run();
    }
  }
}
