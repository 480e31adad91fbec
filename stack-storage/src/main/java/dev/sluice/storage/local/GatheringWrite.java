package dev.sluice.storage.local;

import dev.sluice.api.Discards;
import dev.sluice.api.ForeignContent;
import dev.sluice.api.ReadOptions;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Writes a stream to an open file and commits it. All waiting buffers go to the disk in one hop and
 * one gathering write, and only as many buffers as were written are requested again.
 */
final class GatheringWrite extends Mono<Void> {
  /** Buffers requested and not yet written. */
  static final int MAX_BUFFERS = 16;

  private final LocalFileHandle handle;
  private final Publisher<? extends ByteBuf> content;
  private final Scheduler io;

  GatheringWrite(LocalFileHandle handle, Publisher<? extends ByteBuf> content, Scheduler io) {
    this.handle = handle;
    this.content = content;
    this.io = io;
  }

  @Override
  public void subscribe(CoreSubscriber<? super Void> actual) {
    ForeignContent.of(content).subscribe(new Writing(actual));
  }

  private final class Writing implements CoreSubscriber<ByteBuf>, Subscription {
    private final CoreSubscriber<? super Void> actual;
    private final Queue<ByteBuf> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger signals = new AtomicInteger();
    private @Nullable Subscription upstream;
    private volatile boolean cancelled;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;
    private boolean terminated; // by the I/O thread

    Writing(CoreSubscriber<? super Void> actual) {
      this.actual = actual;
    }

    @Override
    public Context currentContext() {
      return ReadOptions.large(Discards.without(actual.currentContext()));
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      upstream = subscription;
      actual.onSubscribe(this);
      subscription.request(MAX_BUFFERS);
    }

    @Override
    public void onNext(ByteBuf buffer) {
      waiting.add(buffer);
      work();
    }

    @Override
    public void onError(Throwable cause) {
      failure = cause;
      ended = true;
      work();
    }

    @Override
    public void onComplete() {
      ended = true;
      work();
    }

    @Override
    public void request(long n) {
      // Only the end is ever signalled.
    }

    @Override
    public void cancel() {
      cancelled = true;
      cancelUpstream();
      work();
    }

    private void work() {
      if (signals.getAndIncrement() == 0) {
        schedule();
      }
    }

    private void schedule() {
      try {
        io.schedule(this::writeTurn);
      } catch (RejectedExecutionException e) {
        cancelUpstream();
        fail(BlockingCall.rejected(e));
        signals.set(0);
      }
    }

    /** One batch per turn; other tasks wait for this thread too. */
    private void writeTurn() {
      int seen = signals.get();
      if (cancelled || terminated || failure != null) {
        discard();
        if (failure != null) {
          fail(failure);
        }
      } else {
        writeWaiting();
      }
      if (signals.addAndGet(-seen) != 0) {
        schedule();
      }
    }

    private void writeWaiting() {
      boolean last = ended; // before the queue is looked at
      List<ByteBuf> batch = take();
      try {
        if (!batch.isEmpty()) {
          handle.file().writeNext(batch);
        }
        if (last && waiting.isEmpty() && !cancelled && failure == null) {
          handle.commitNow();
          terminated = true;
          actual.onComplete();
        }
      } catch (IOException | RuntimeException e) {
        cancelUpstream();
        fail(FileErrors.of(handle.path(), e));
      } finally {
        batch.forEach(ByteBuf::release);
      }
      if (!batch.isEmpty() && !terminated && upstream != null) {
        upstream.request(batch.size());
      }
    }

    private List<ByteBuf> take() {
      List<ByteBuf> batch = new ArrayList<>();
      for (ByteBuf next = waiting.poll(); next != null; next = waiting.poll()) {
        batch.add(next);
        if (batch.size() == MAX_BUFFERS) {
          break;
        }
      }
      return batch;
    }

    private void fail(Throwable cause) {
      if (!terminated) {
        terminated = true;
        if (!cancelled) {
          actual.onError(cause);
        }
      }
      discard();
    }

    private void discard() {
      for (ByteBuf next = waiting.poll(); next != null; next = waiting.poll()) {
        next.release();
      }
    }

    private void cancelUpstream() {
      if (upstream != null) {
        upstream.cancel();
      }
    }
  }
}
