package dev.sluice.transport.io;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.SessionClosed;
import dev.sluice.transport.Transport;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** The end of event loops that somebody shuts down while connections are being made on them. */
public final class LoopEnd {
  private LoopEnd() {}

  /**
   * {@code opening}, which fails with {@link ConnectFailed} if its event loops end first: what was
   * waiting for a loop then waits in vain, time-outs included.
   */
  public static <S> Mono<S> before(Transport transport, Mono<S> opening) {
    return Mono.defer(() -> opening.takeUntilOther(of(transport.loops())));
  }

  /**
   * Runs {@code task} on a loop.
   *
   * @throws SessionClosed when the loop was shut down
   */
  public static void execute(Executor loop, Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException shutDown) {
      throw new SessionClosed("the event loops of this session were shut down", shutDown);
    }
  }

  private static Mono<Void> of(LoopResources loops) {
    return Mono.create(
        sink -> {
          Future<?> end = loops.onClient(LoopResources.DEFAULT_NATIVE).terminationFuture();
          FutureListener<Object> listener =
              ended ->
                  sink.error(new ConnectFailed("the event loops of the client were shut down"));
          listen(end, listener);
          sink.onDispose(() -> forget(end, listener));
        });
  }

  @SuppressWarnings("unchecked") // nobody looks at the result
  private static void listen(Future<?> end, FutureListener<Object> listener) {
    ((Future<Object>) end).addListener(listener);
  }

  @SuppressWarnings("unchecked")
  private static void forget(Future<?> end, FutureListener<Object> listener) {
    ((Future<Object>) end).removeListener(listener);
  }
}
