package dev.sluice.transport.io;

import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/** What an observer hears of a client that opens a session. */
public final class OpeningWatch {
  private OpeningWatch() {}

  /**
   * {@code opening}, announced to the observer, who also hears if no session comes of it.
   *
   * @param session new for each subscription
   */
  public static <S> Mono<S> over(SessionObserver observer, SessionRef session, Mono<S> opening) {
    return Mono.deferContextual(
        context -> {
          long start = System.nanoTime();
          AtomicBoolean over = new AtomicBoolean();
          observer.onEvent(new SessionEvent.Connecting(session, context));
          return opening
              .doOnNext(opened -> over.set(true))
              .doOnError(cause -> failed(observer, session, Outcome.failed(cause), start, over))
              .doOnCancel(() -> failed(observer, session, Outcome.CANCELLED, start, over));
        });
  }

  private static void failed(
      SessionObserver observer,
      SessionRef session,
      Outcome outcome,
      long startNanos,
      AtomicBoolean over) {
    if (over.compareAndSet(false, true)) {
      Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
      observer.onEvent(new SessionEvent.ConnectFailed(session, outcome, took));
    }
  }
}
