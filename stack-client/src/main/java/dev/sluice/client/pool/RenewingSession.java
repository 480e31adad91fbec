package dev.sluice.client.pool;

import dev.sluice.api.Capability;
import dev.sluice.api.FileSession;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.SessionInfo;
import java.util.Set;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A session that logs in again after it has ended. A verb in progress then fails with the error
 * that ended the session; the next verb logs in again. Verbs that arrive during the login wait for
 * it.
 */
public final class RenewingSession extends BorrowedSession implements FileSession {
  private final Mono<? extends FileSession> connect;

  /**
   * The login of the present session; started when it is first needed, shared by all waiting
   * callers.
   */
  private volatile Mono<Kept<FileSession>> current;

  private volatile Kept<FileSession> newest;
  private volatile boolean closed;

  private RenewingSession(Mono<? extends FileSession> connect, FileSession first) {
    this.connect = connect;
    this.newest = Kept.of(first);
    this.current = Mono.just(newest);
  }

  /**
   * Logs in for the first time.
   *
   * @param connect opens a session with each subscription, as {@link
   *     dev.sluice.api.FileClient#connect}
   */
  public static Mono<FileSession> of(Mono<? extends FileSession> connect) {
    return connect.map(first -> new RenewingSession(connect, first));
  }

  /** Those of the latest session. */
  @Override
  public Set<Capability> capabilities() {
    return last().capabilities();
  }

  /** Of the latest session. */
  @Override
  public SessionInfo info() {
    return last().info();
  }

  @Override
  public Mono<Void> close() {
    return Mono.defer(
        () -> {
          closed = true;
          return last().close();
        });
  }

  /** Of the latest session. */
  @Override
  public Mono<Void> onClosed() {
    return Mono.defer(() -> last().onClosed());
  }

  @Override
  <T> Mono<T> one(Function<FileSession, Mono<T>> verb) {
    return session().flatMap(verb);
  }

  @Override
  <T> Flux<T> many(Function<FileSession, ? extends Publisher<T>> verb) {
    return session().flatMapMany(verb);
  }

  private Mono<FileSession> session() {
    return Mono.defer(
        () -> {
          if (closed) {
            return Mono.error(new SessionClosed("the session was closed"));
          }
          Mono<Kept<FileSession>> login = current;
          return login
              .doOnError(failed -> renew(login))
              .flatMap(
                  kept -> {
                    if (!kept.hasEnded()) {
                      return Mono.just(kept.session());
                    }
                    renew(login);
                    return session();
                  });
        });
  }

  private synchronized void renew(Mono<Kept<FileSession>> spent) {
    if (current == spent) {
      current = login();
    }
  }

  private Mono<Kept<FileSession>> login() {
    return connect.map(this::keep).cache();
  }

  private Kept<FileSession> keep(FileSession made) {
    Kept<FileSession> kept = Kept.of(made);
    newest = kept;
    if (closed) {
      made.close().timeout(SessionPool.CLOSE_TIME).onErrorComplete().subscribe();
    }
    return kept;
  }

  private FileSession last() {
    return newest.session();
  }
}
