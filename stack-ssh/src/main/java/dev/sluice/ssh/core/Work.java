package dev.sluice.ssh.core;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A computation too slow for an event loop. It leaves a core in {@link SshEvent.WorkDue}; {@link
 * #run} it once, on any thread, then give it back with {@link SshCore#finished}.
 */
public final class Work {
  private final Runnable computation;
  private @Nullable Runnable continuation;
  private @Nullable RuntimeException failure;

  <T> Work(Supplier<T> computation, Consumer<? super T> then) {
    this.computation =
        () -> {
          T result = computation.get();
          continuation = () -> then.accept(result);
        };
  }

  /** Computes. What fails is kept for the core. */
  public void run() {
    try {
      computation.run();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Goes on in the core, or throws what the computation threw. */
  void complete() {
    if (failure != null) {
      throw failure;
    }
    if (continuation == null) {
      throw new IllegalStateException("the work has not been run");
    }
    continuation.run();
  }
}
