package dev.sluice.storage.local;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.ReadOptions;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * Reads an open file from front to back in large blocks, a few ahead of the demand. The disk thus
 * works while the subscriber does, and one hop to an I/O thread serves many blocks.
 */
final class ReadAhead extends Flux<ByteBuf> {
  /** Octets of a block. */
  static final int BLOCK_OCTETS = 256 * 1024;

  /** Blocks held without demand. */
  static final int MAX_BLOCKS_AHEAD = 4;

  /** Blocks after which an I/O thread turns to other waiting tasks. */
  private static final int BLOCKS_PER_TURN = 32;

  private final LocalFileHandle handle;
  private final ByteRange range;
  private final Scheduler io;

  ReadAhead(LocalFileHandle handle, ByteRange range, Scheduler io) {
    this.handle = handle;
    this.range = range;
    this.io = io;
  }

  @Override
  public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
    actual.onSubscribe(new Reading(actual));
  }

  private final class Reading implements Subscription {
    private final CoreSubscriber<? super ByteBuf> actual;
    private final Queue<ByteBuf> blocks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();
    private final AtomicLong mostAsked = new AtomicLong();
    private final ReadOptions options;
    private final AtomicInteger draining = new AtomicInteger();
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile boolean cancelled;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;
    private boolean terminated; // by the draining thread
    private long position = range.start(); // by the reading thread

    Reading(CoreSubscriber<? super ByteBuf> actual) {
      this.actual = actual;
      this.options = ReadOptions.of(actual.currentContext());
    }

    @Override
    public void request(long n) {
      if (Operators.validate(n)) {
        long asked = requested.accumulateAndGet(n, Operators::addCap);
        mostAsked.accumulateAndGet(asked, Math::max);
        drain();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      drain();
    }

    private int mostAhead() {
      return (int) Math.max(1, Math.min(MAX_BLOCKS_AHEAD, options.readAhead() / BLOCK_OCTETS));
    }

    private void readSoon() {
      boolean wanted = !ended && !cancelled && queued.get() <= mostAhead() / 2;
      if (wanted && reading.compareAndSet(false, true)) {
        schedule(IoScheduler::goOn);
      }
    }

    private void schedule(BiConsumer<Scheduler, Runnable> how) {
      try {
        how.accept(io, this::readTurn);
      } catch (RejectedExecutionException e) {
        failure = BlockingCall.rejected(e);
        ended = true;
        drain();
      }
    }

    private void readTurn() {
      for (int turn = 0; turn < BLOCKS_PER_TURN; turn++) {
        if (ended || cancelled || queued.get() >= mostAhead()) {
          reading.set(false);
          readSoon(); // a drain in between found us still reading
          return;
        }
        readBlock();
        drain();
      }
      schedule(Scheduler::schedule);
    }

    private void readBlock() {
      try {
        if (position == range.start()) {
          checkStart();
        }
        long left = range.length() - (position - range.start());
        int length = (int) Math.min(BLOCK_OCTETS, left);
        ByteBuf block = length == 0 ? null : handle.readNow(position, length);
        if (block == null) {
          ended = true;
          return;
        }
        position += block.readableBytes();
        queued.incrementAndGet();
        blocks.add(block);
      } catch (IOException | RuntimeException e) {
        failure = FileErrors.of(handle.path(), e);
        ended = true;
      }
    }

    private void checkStart() throws IOException {
      long size = handle.file().reader().size();
      if (position > size) {
        throw new Refused(FileError.OUT_OF_RANGE, "offset " + position + " in a file of " + size);
      }
    }

    private void drain() {
      if (draining.getAndIncrement() != 0) {
        return;
      }
      int missed = 1;
      do {
        emit();
        missed = draining.addAndGet(-missed);
      } while (missed != 0);
      readSoon();
    }

    private void emit() {
      long emitted = 0;
      long wanted = requested.get();
      while (!terminated && !cancelled) {
        boolean last = ended; // before the queue is looked at
        ByteBuf block = emitted == wanted ? null : nextBuffer();
        if (block != null) {
          emitted++;
          actual.onNext(block);
        } else {
          if (last && blocks.isEmpty()) {
            terminate();
          }
          break;
        }
      }
      if (cancelled) {
        discard();
      } else if (emitted > 0 && wanted != Long.MAX_VALUE) {
        requested.addAndGet(-emitted);
      }
    }

    /** Part of the first block if that is larger than the reader allows. */
    private @Nullable ByteBuf nextBuffer() {
      ByteBuf block = blocks.peek();
      int most = options.within(mostAsked.get());
      if (block != null && block.readableBytes() > most) {
        return block.readRetainedSlice(most);
      }
      if (block != null) {
        blocks.remove();
        queued.decrementAndGet();
      }
      return block;
    }

    private void terminate() {
      terminated = true;
      Throwable cause = failure;
      if (cause == null) {
        actual.onComplete();
      } else {
        actual.onError(cause);
      }
    }

    private void discard() {
      for (ByteBuf block = blocks.poll(); block != null; block = blocks.poll()) {
        block.release();
      }
    }
  }
}
