package dev.sluice.client.pool;

import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TimedOut;
import dev.sluice.api.TransferException;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.PoolEvent;
import dev.sluice.api.observe.SessionObserver;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/**
 * Sessions with one server, lent to one caller at a time. They are opened on demand, up to a
 * maximum, and kept until they have been idle for a while. A session that has ended is never lent
 * again.
 *
 * <p>The first session is opened alone: callers that wait for it share its failure. If the server
 * refuses one more session while others are open, callers wait for these, and another one is tried
 * after a minute.
 *
 * @param <S> the type of the client's sessions
 */
public final class SessionPool<S extends FileSession> {
  /** Callers that may wait for a session. */
  public static final int MOST_WAITING = 10_000;

  /** The longest wait for the end of a session that is no longer needed. */
  static final Duration CLOSE_TIME = Duration.ofSeconds(10);

  /** The longest wait for the answer of a session that is asked whether it lives. */
  private static final Duration CHECK_TIME = Duration.ofSeconds(5);

  private final InstrumentedPool<Kept<S>> pool;
  private final PoolOptions options;
  private final SessionObserver observer;
  private final KeepAlive<S> keepAlive;
  private final Room room;
  private final FirstLogin first = new FirstLogin();

  private SessionPool(
      InstrumentedPool<Kept<S>> pool,
      PoolOptions options,
      SessionObserver observer,
      KeepAlive<S> keepAlive,
      Room room) {
    this.pool = pool;
    this.options = options;
    this.observer = observer;
    this.keepAlive = keepAlive;
    this.room = room;
  }

  /**
   * A pool without sessions.
   *
   * @param connect opens a session with each subscription, as {@link
   *     dev.sluice.api.FileClient#connect}
   * @param most sessions at a time, at least 1
   * @param longest the longest wait of a caller for its session, including the login
   * @param idle sessions that were unused for this long are closed
   */
  public static <S extends FileSession> SessionPool<S> of(
      Mono<S> connect, int most, Duration longest, Duration idle) {
    return of(connect, most, longest, idle, "sessions", SessionObserver.NONE);
  }

  /**
   * As {@link #of(Mono, int, Duration, Duration)}, watched.
   *
   * @param name of the pool in its {@link PoolEvent}s
   */
  public static <S extends FileSession> SessionPool<S> of(
      Mono<S> connect,
      int most,
      Duration longest,
      Duration idle,
      String name,
      SessionObserver observer) {
    PoolOptions options = PoolOptions.most(most).withAcquire(longest).withIdle(idle).withName(name);
    return of(connect, options, observer);
  }

  /**
   * A pool without sessions.
   *
   * @param connect opens a session with each subscription
   * @param observer hears what happens in the pool
   */
  public static <S extends FileSession> SessionPool<S> of(
      Mono<S> connect, PoolOptions options, SessionObserver observer) {
    String name = options.name();
    Duration idle = options.idle();
    Runnable created = () -> observer.onPool(new PoolEvent.Created(name));
    Runnable evicted = () -> observer.onPool(new PoolEvent.Evicted(name));
    KeepAlive<S> keepAlive = new KeepAlive<>(options.keepAlive(), CHECK_TIME);
    Room room = new Room(options.most(), options.warm(), System::nanoTime);
    InstrumentedPool<Kept<S>> pool =
        PoolBuilder.from(
                connect
                    .map(Kept::of)
                    .doOnNext(keepAlive::add)
                    .doOnNext(kept -> room.opened())
                    .doOnNext(kept -> created.run()))
            .allocationStrategy(room)
            .maxPendingAcquire(MOST_WAITING)
            .evictionPredicate((kept, use) -> kept.hasEnded() || use.idleTime() > idle.toMillis())
            .evictInBackground(idle)
            .destroyHandler(
                kept ->
                    Mono.fromRunnable(evicted)
                        .doFirst(() -> keepAlive.remove(kept))
                        .doFirst(room::closed)
                        .then(kept.session().close().timeout(CLOSE_TIME).onErrorComplete()))
            .buildPool();
    SessionPool<S> made = new SessionPool<>(pool, options, observer, keepAlive, room);
    made.warmUp();
    return made;
  }

  /** Sessions at a time. */
  int most() {
    return options.most();
  }

  /** A server that cannot be reached now may be when the first session is needed. */
  private void warmUp() {
    if (options.warm() > 0) {
      long start = System.nanoTime();
      pool.warmup()
          .doOnError(why -> gone(Outcome.failed(why), start, new AtomicBoolean()))
          .onErrorComplete()
          .subscribe();
    }
  }

  /**
   * Lends a session to {@code work} until that ends or is cancelled. Signals the errors of
   * connecting, {@link TimedOut} if no session was available in time, and {@link LimitExceeded} if
   * too many callers already wait.
   */
  public <T> Flux<T> with(Function<? super S, ? extends Publisher<T>> work) {
    return Flux.usingWhen(
        watched(
            first
                .before(alive(options.most()))
                .onErrorMap(
                    TimeoutException.class, late -> new TimedOut("a session", options.acquire()))
                .onErrorMap(
                    PoolAcquirePendingLimitException.class,
                    many -> new LimitExceeded(MOST_WAITING + " callers wait for a session"))),
        lent -> work.apply(lent.poolable().session()),
        this::giveBack);
  }

  /** As many sessions may have died unseen as there are: a firewall cuts all of them at a time. */
  private Mono<PooledRef<Kept<S>>> alive(int attempts) {
    return pool.acquire(options.acquire())
        .onErrorResume(TransferException.class, refusal -> orWait(attempts, refusal))
        .flatMap(
            lent ->
                attempts == 0 || lent.metadata().idleTime() < options.check().toMillis()
                    ? Mono.just(lent)
                    : lent.poolable()
                        .session()
                        .stat(RemotePath.root())
                        .timeout(CHECK_TIME)
                        .map(answered -> true)
                        .onErrorResume(
                            why -> Mono.just(why instanceof FileFailure)) // an answer, too
                        .doOnCancel(() -> lent.invalidate().onErrorComplete().subscribe())
                        .flatMap(
                            lives ->
                                lives
                                    ? Mono.just(lent)
                                    : lent.invalidate().then(alive(attempts - 1))));
  }

  private Mono<PooledRef<Kept<S>>> orWait(int attempts, TransferException refusal) {
    if (room.refused()) {
      return alive(attempts);
    }
    first.again();
    return Mono.error(refusal);
  }

  private Mono<PooledRef<Kept<S>>> watched(Mono<PooledRef<Kept<S>>> acquiring) {
    return Mono.defer(
        () -> {
          long start = System.nanoTime();
          AtomicBoolean over = new AtomicBoolean();
          return acquiring
              .doOnNext(
                  lent -> {
                    over.set(true);
                    lent.poolable().lent().set(true);
                    observer.onPool(new PoolEvent.Acquired(options.name(), since(start)));
                  })
              .doOnError(cause -> gone(Outcome.failed(cause), start, over))
              .doOnCancel(() -> gone(Outcome.CANCELLED, start, over));
        });
  }

  private void gone(Outcome outcome, long startNanos, AtomicBoolean over) {
    if (over.compareAndSet(false, true)) {
      observer.onPool(new PoolEvent.AcquireFailed(options.name(), outcome, since(startNanos)));
    }
  }

  private Mono<Void> giveBack(PooledRef<Kept<S>> lent) {
    lent.poolable().lent().set(false);
    return Mono.fromRunnable(() -> observer.onPool(new PoolEvent.Returned(options.name())))
        .then(lent.release());
  }

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Sessions open now. */
  public int size() {
    return pool.metrics().allocatedSize();
  }

  /** Closes the unused sessions now, and the others when they are returned. */
  public Mono<Void> close() {
    return pool.disposeLater().doFirst(keepAlive::dispose);
  }
}
