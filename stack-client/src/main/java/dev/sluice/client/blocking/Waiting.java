package dev.sluice.client.blocking;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

/** Waits for one value. An interrupt or the deadline cancels what is waited for. */
final class Waiting<T> extends BaseSubscriber<T> {
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable T value;
  private volatile @Nullable Throwable failure;

  private Waiting() {}

  /**
   * The value of {@code source}; null = it completed empty.
   *
   * @param what for the message of a time-out
   */
  static <T> @Nullable T on(Mono<T> source, Duration longest, String what) throws IOException {
    requireMayWait();
    Waiting<T> waiting = start(source);
    return waiting.await(longest, what);
  }

  /** Subscribes, and does not wait yet. */
  static <T> Waiting<T> start(Mono<T> source) {
    Waiting<T> waiting = new Waiting<>();
    source.subscribe(waiting);
    return waiting;
  }

  /** Refuses a thread on which sessions depend: it would wait for itself. */
  static void requireMayWait() {
    if (Schedulers.isInNonBlockingThread()) {
      throw new IllegalStateException(
          Thread.currentThread().getName()
              + " must not wait; use the publishers of FileSession, or publishOn a scheduler for"
              + " blocking calls");
    }
  }

  @Nullable T await(Duration longest, String what) throws IOException {
    try {
      if (!ended.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        cancel();
        throw new SocketTimeoutException(
            "timed out after " + longest.toMillis() + " ms waiting for: " + what);
      }
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
      throw interrupted(what);
    }
    Throwable why = failure;
    if (why != null) {
      throw IoErrors.of(why);
    }
    return value;
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  static InterruptedIOException interrupted(String what) {
    return new InterruptedIOException("interrupted while waiting for: " + what);
  }

  @Override
  protected void hookOnSubscribe(Subscription subscription) {
    requestUnbounded();
  }

  @Override
  protected void hookOnNext(T next) {
    value = next;
  }

  @Override
  protected void hookOnError(Throwable why) {
    failure = why;
  }

  @Override
  protected void hookFinally(SignalType type) {
    ended.countDown();
  }
}
