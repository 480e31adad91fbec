package dev.sluice.cli.connect;

import dev.sluice.cli.status.Interrupted;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Waits for work with a resource. When the process is asked to end meanwhile (Ctrl-C, SIGTERM), or
 * a shell interrupts the thread that waits, the work is cancelled and undone first: temporary files
 * gone, session closed.
 */
public final class Interruptible {
  /** The longest time an interrupted process stays. */
  static final Duration UNDO = Duration.ofSeconds(8);

  private Interruptible() {}

  /**
   * Opens, works, closes.
   *
   * @param close after the work, well or not
   * @param undo after a cancel, instead
   */
  public static <R> void run(
      Mono<? extends R> open,
      Function<? super R, ? extends Publisher<?>> work,
      Function<? super R, Mono<Void>> close,
      Function<? super R, Mono<Void>> undo) {
    AtomicBoolean opened = new AtomicBoolean();
    CountDownLatch undone = new CountDownLatch(1);
    CompletableFuture<Void> result = new CompletableFuture<>();
    Disposable running =
        Mono.<Void, R>usingWhen(
                open.<R>map(resource -> resource).doOnNext(resource -> opened.set(true)),
                resource -> Flux.from(work.apply(resource)).then(),
                close,
                (resource, failure) -> close.apply(resource).onErrorComplete(),
                resource ->
                    undo.apply(resource)
                        .timeout(UNDO)
                        .onErrorComplete()
                        .doFinally(how -> undone.countDown()))
            .subscribe(nothing -> {}, result::completeExceptionally, () -> result.complete(null));
    Thread hook = new Thread(() -> undo(running, result, opened, undone), "sluice-undo");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      result.get();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (InterruptedException e) {
      undo(running, result, opened, undone);
      throw new Interrupted();
    } finally {
      remove(hook);
    }
  }

  private static void undo(
      Disposable running,
      CompletableFuture<Void> result,
      AtomicBoolean opened,
      CountDownLatch undone) {
    if (result.isDone()) {
      return;
    }
    running.dispose();
    try {
      long patience = opened.get() ? UNDO.toMillis() : 0;
      boolean inTime = undone.await(patience, TimeUnit.MILLISECONDS);
      assert inTime || patience >= 0 : "whatever is left is left to the system";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs.
    }
  }
}
