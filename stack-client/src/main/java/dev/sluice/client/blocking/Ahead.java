package dev.sluice.client.blocking;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/**
 * Values of a publisher for a thread that waits, a few ahead of it. One thread takes; any may
 * close. An interrupt and the deadline end the publisher.
 */
final class Ahead<T> implements AutoCloseable {
  private final String what;
  private final Duration stall;
  private final int most;
  private final Consumer<? super T> release;
  private final Object lock = new Object();
  private final Deque<T> ready = new ArrayDeque<>();
  private final Source source = new Source();
  private @Nullable Throwable failure;
  private boolean complete;
  private boolean closed;

  private Ahead(String what, Duration stall, int most, Consumer<? super T> release) {
    this.what = what;
    this.stall = stall;
    this.most = most;
    this.release = release;
  }

  /**
   * Subscribes.
   *
   * @param what is waited for, for messages
   * @param most values that are asked for and not taken
   * @param release takes the values that nobody takes
   */
  static <T> Ahead<T> of(
      Flux<T> values, String what, Duration stall, int most, Consumer<? super T> release) {
    Waiting.requireMayWait();
    Ahead<T> ahead = new Ahead<>(what, stall, most, release);
    values.subscribe(ahead.source);
    return ahead;
  }

  /** The next value; null = there are no more. */
  @Nullable T next() throws IOException {
    Waiting.requireMayWait();
    long end = System.nanoTime() + stall.toNanos();
    T taken;
    synchronized (lock) {
      try {
        while (ready.isEmpty() && !complete && failure == null && !closed) {
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (left <= 0) {
            failure =
                new SocketTimeoutException(
                    "timed out after %d ms waiting for: %s".formatted(stall.toMillis(), what));
            source.cancel();
          } else {
            lock.wait(left);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = Waiting.interrupted(what);
        source.cancel();
      }
      taken = ready.poll();
      if (taken == null) {
        return end();
      }
    }
    source.request(1);
    return taken;
  }

  /** The values that are here already. */
  int size(ToIntFunction<? super T> each) {
    synchronized (lock) {
      return ready.stream().mapToInt(each).sum();
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      ready.forEach(release);
      ready.clear();
      lock.notifyAll();
    }
    source.cancel();
  }

  private @Nullable T end() throws IOException {
    if (failure != null) {
      throw IoErrors.of(failure);
    }
    if (closed) {
      throw new IOException("closed: " + what);
    }
    return null;
  }

  private final class Source extends BaseSubscriber<T> {
    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      request(most);
    }

    @Override
    protected void hookOnNext(T value) {
      synchronized (lock) {
        if (closed) {
          release.accept(value);
        } else {
          ready.add(value);
          lock.notifyAll();
        }
      }
    }

    @Override
    protected void hookOnError(Throwable why) {
      synchronized (lock) {
        failure = why;
        lock.notifyAll();
      }
    }

    @Override
    protected void hookOnComplete() {
      synchronized (lock) {
        complete = true;
        lock.notifyAll();
      }
    }
  }
}
