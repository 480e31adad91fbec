package dev.sluice.client.pool;

import dev.sluice.api.FileSession;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.TimedOut;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/**
 * Sessions with one server, lent to one caller at a time. They are made when they are needed, up to
 * a number, and kept until they have been idle for a while; one that has ended is never lent again.
 *
 * @param <S> what the client makes
 */
public final class SessionPool<S extends FileSession> {
  /** Callers that may wait for a session. */
  public static final int MOST_WAITING = 10_000;

  private final InstrumentedPool<Kept<S>> pool;
  private final Duration longest;

  private SessionPool(InstrumentedPool<Kept<S>> pool, Duration longest) {
    this.pool = pool;
    this.longest = longest;
  }

  /**
   * A pool without sessions.
   *
   * @param connect makes one with each subscription, as {@link dev.sluice.api.FileClient#connect}
   * @param most sessions at a time, 1 at least
   * @param longest a caller's wait for its session, its login included
   * @param idle sessions that nobody used for so long are closed
   */
  public static <S extends FileSession> SessionPool<S> of(
      Mono<S> connect, int most, Duration longest, Duration idle) {
    InstrumentedPool<Kept<S>> pool =
        PoolBuilder.from(connect.map(Kept::of))
            .sizeBetween(0, most)
            .maxPendingAcquire(MOST_WAITING)
            .evictionPredicate((kept, use) -> kept.hasEnded() || use.idleTime() > idle.toMillis())
            .evictInBackground(idle)
            .destroyHandler(kept -> kept.session().close().onErrorComplete())
            .buildPool();
    return new SessionPool<>(pool, longest);
  }

  /**
   * Lends a session to {@code work} until that ends or is cancelled. Signals what connecting
   * signals, {@link TimedOut} when no session was to be had in time, and {@link LimitExceeded} when
   * too many wait already.
   */
  public <T> Flux<T> with(Function<? super S, ? extends Publisher<T>> work) {
    return Flux.usingWhen(
        pool.acquire(longest)
            .onErrorMap(TimeoutException.class, late -> new TimedOut("a session", longest))
            .onErrorMap(
                PoolAcquirePendingLimitException.class,
                many -> new LimitExceeded(MOST_WAITING + " callers wait for a session")),
        lent -> work.apply(lent.poolable().session()),
        PooledRef::release);
  }

  /** Sessions open now. */
  public int size() {
    return pool.metrics().allocatedSize();
  }

  /** Closes the sessions that nobody uses, the others when they come back. */
  public Mono<Void> close() {
    return pool.disposeLater();
  }
}
