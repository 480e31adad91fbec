package dev.sluice.client.pool;

import dev.sluice.api.Capability;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.observe.SessionObserver;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The files of a server, through a {@link SessionPool}: each verb borrows a session for as long as
 * its publisher runs. Any number of verbs may run at a time, also one inside another, such as a
 * read for each entry of a listing; beyond the sessions of the pool they wait for their turn, and
 * no longer than {@link PoolOptions#acquire}.
 *
 * <p>A verb inside the stream of another holds two sessions: a pool of one is then not enough. So
 * does each copy from a pool to itself; {@link dev.sluice.client.transfer.Transfers} copies no more
 * files at a time within a pool than it has pairs of sessions.
 */
public final class PooledFiles extends BorrowedSession {
  private final SessionPool<FileSession> pool;
  private volatile Set<Capability> capabilities = Set.of();

  private PooledFiles(SessionPool<FileSession> pool) {
    this.pool = pool;
  }

  /** The files that sessions of {@code client} show. Connects when the first verb is subscribed. */
  public static FileOperations of(FileClient client, PoolOptions options) {
    return of(client, options, SessionObserver.NONE);
  }

  /** As {@link #of(FileClient, PoolOptions)}; the observer hears what happens in the pool. */
  public static FileOperations of(
      FileClient client, PoolOptions options, SessionObserver observer) {
    return new PooledFiles(SessionPool.of(client.connect(), options, observer));
  }

  /**
   * Those of the session that was lent last, and {@link Capability#PARALLEL_TRANSFERS}. Before the
   * first verb nothing is known of the server, and nothing else is promised.
   */
  @Override
  public Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.of(Capability.PARALLEL_TRANSFERS);
    all.addAll(capabilities);
    return all;
  }

  /** Sessions at a time. */
  public int most() {
    return pool.most();
  }

  /** Closes the unused sessions now, and the others when they are returned. */
  @Override
  public Mono<Void> close() {
    return pool.close();
  }

  @Override
  <T> Flux<T> many(Function<FileSession, ? extends Publisher<T>> verb) {
    return pool.with(session -> verb.apply(known(session)));
  }

  @Override
  <T> Mono<T> one(Function<FileSession, Mono<T>> verb) {
    return many(verb).singleOrEmpty();
  }

  private FileSession known(FileSession session) {
    capabilities = Set.copyOf(session.capabilities());
    return session;
  }
}
