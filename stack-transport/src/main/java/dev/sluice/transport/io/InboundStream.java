package dev.sluice.transport.io;

import dev.sluice.api.ReadOptions;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** The octets of a channel, on demand. One subscriber; all state lives on the event loop. */
final class InboundStream extends Flux<ByteBuf> implements Subscription {
  private final LoopQueue queue;
  private final Runnable readMore;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private @Nullable CoreSubscriber<? super ByteBuf> subscriber;
  private @Nullable Throwable failure;
  private long demand;
  private long mostAsked;
  private ReadOptions options = ReadOptions.DEFAULT;
  private boolean claimed;
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
          if (claimed) {
            Operators.error(actual, new IllegalStateException("a stream has one subscriber"));
            return;
          }
          claimed = true;
          subscriber = actual;
          options = ReadOptions.of(actual.currentContext());
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
          mostAsked = Math.max(mostAsked, demand);
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

  /** No more octets will come; {@code cause} is null if the stream ended in order. */
  void end(@Nullable Throwable cause) {
    if (!ended) {
      ended = true;
      failure = cause;
      deliver();
    }
  }

  /**
   * Drops the waiting buffers, then ends: for a connection that we cut ourselves. Even if the peer
   * has ended the stream in order, it ends with {@code cause} if octets are lost.
   */
  void abort(Throwable cause) {
    boolean whole = ended && waiting.isEmpty() && claimed;
    release();
    if (!whole) {
      ended = true;
      failure = cause;
    }
    deliver();
  }

  /**
   * We close the connection. Without a subscriber, data that has arrived is dropped: when a peer
   * ends its side, its data may have been read without demand. A subscriber gets the rest.
   */
  void closeUnclaimed(Throwable cause) {
    queue.run(
        () -> {
          if (!claimed) {
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

  /** Drops the waiting buffers and everything that still arrives. */
  void discard() {
    done = true;
    subscriber = null;
    release();
  }

  private void release() {
    for (ByteBuf octets = waiting.poll(); octets != null; octets = waiting.poll()) {
      octets.release();
    }
  }

  private ByteBuf nextBuffer() {
    ByteBuf head = waiting.element();
    int most = options.within(mostAsked);
    return head.readableBytes() <= most ? waiting.remove() : head.readRetainedSlice(most);
  }

  private void deliver() {
    CoreSubscriber<? super ByteBuf> actual = subscriber;
    if (actual == null || delivering || done) {
      return;
    }
    delivering = true;
    while (demand > 0 && !waiting.isEmpty() && !done) {
      ByteBuf next = nextBuffer();
      demand -= demand == Long.MAX_VALUE ? 0 : 1;
      actual.onNext(next);
    }
    delivering = false;
    if (ended && waiting.isEmpty() && !done) {
      done = true;
      subscriber = null;
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
