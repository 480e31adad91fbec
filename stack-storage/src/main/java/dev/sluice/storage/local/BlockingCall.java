package dev.sluice.storage.local;

import dev.sluice.api.IoScheduler;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RemotePath;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One blocking call, made on an I/O thread when its result is requested.
 *
 * <p>Cancelling never interrupts the thread: an interrupt would close the file channel that the
 * call, or another call, is using. If no subscriber waits for the result any more, it is given to
 * {@code discard}.
 */
final class BlockingCall<T> extends Mono<T> {
  private final Scheduler scheduler;
  private final RemotePath path;
  private final Callable<@Nullable T> call;
  private final Consumer<T> discard;
  private final Runnable release;

  /**
   * Makes a call about {@code path}.
   *
   * @param call may return null: completes empty
   * @param release runs once for each subscription: after the call, or instead of it
   */
  BlockingCall(
      Scheduler scheduler,
      RemotePath path,
      Callable<@Nullable T> call,
      Consumer<T> discard,
      Runnable release) {
    this.scheduler = scheduler;
    this.path = path;
    this.call = call;
    this.discard = discard;
    this.release = release;
  }

  /** A call whose result needs no release. */
  static <T> Mono<T> of(Scheduler scheduler, RemotePath path, Callable<@Nullable T> call) {
    return new BlockingCall<>(scheduler, path, call, result -> {}, () -> {});
  }

  /** A call without result. */
  static Mono<Void> run(Scheduler scheduler, RemotePath path, Action action) {
    return of(
        scheduler,
        path,
        () -> {
          action.run();
          return null;
        });
  }

  /** A call that releases something: it gets a thread even when no more calls are accepted. */
  static Mono<Void> release(Scheduler scheduler, RemotePath path, Action action) {
    return run(scheduler, path, action)
        .onErrorResume(
            LimitExceeded.class, refused -> run(Schedulers.boundedElastic(), path, action));
  }

  /** What to do; may block. */
  interface Action {
    void run() throws IOException;
  }

  @Override
  public void subscribe(CoreSubscriber<? super T> actual) {
    actual.onSubscribe(new Running<>(this, actual));
  }

  private enum State {
    IDLE,
    SCHEDULED,
    RUNNING,
    ENDED
  }

  private static final class Running<T> implements Subscription, Runnable {
    private final BlockingCall<T> parent;
    private final CoreSubscriber<? super T> actual;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    Running(BlockingCall<T> parent, CoreSubscriber<? super T> actual) {
      this.parent = parent;
      this.actual = actual;
    }

    @Override
    public void request(long n) {
      if (!Operators.validate(n) || !state.compareAndSet(State.IDLE, State.SCHEDULED)) {
        return;
      }
      try {
        IoScheduler.goOn(parent.scheduler, this);
      } catch (RejectedExecutionException e) {
        if (state.compareAndSet(State.SCHEDULED, State.ENDED)) {
          parent.release.run();
          actual.onError(rejected(e));
        }
      }
    }

    @Override
    public void cancel() {
      State before = state.getAndSet(State.ENDED);
      if (before == State.IDLE || before == State.SCHEDULED) {
        parent.release.run();
      }
    }

    @Override
    public void run() {
      if (!state.compareAndSet(State.SCHEDULED, State.RUNNING)) {
        return;
      }
      T result;
      try {
        result = parent.call.call();
      } catch (Exception e) {
        parent.release.run();
        if (state.compareAndSet(State.RUNNING, State.ENDED)) {
          actual.onError(FileErrors.of(parent.path, e));
        }
        return;
      } catch (OutOfMemoryError e) { // of this process or of direct memory: it ends one request
        parent.release.run();
        if (state.compareAndSet(State.RUNNING, State.ENDED)) {
          actual.onError(new LimitExceeded("there is no memory for this request", e));
        }
        return;
      }
      parent.release.run();
      if (state.compareAndSet(State.RUNNING, State.ENDED)) {
        if (result != null) {
          actual.onNext(result);
        }
        actual.onComplete();
      } else if (result != null) {
        parent.discard.accept(result);
      }
    }
  }

  static LimitExceeded rejected(RejectedExecutionException cause) {
    return new LimitExceeded(
        "the I/O scheduler takes no more calls (it queues "
            + IoScheduler.MAX_WAITING
            + " unless LocalStorage.ioScheduler sets another)",
        cause);
  }
}
