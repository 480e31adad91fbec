package dev.sluice.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.TimedOut;
import dev.sluice.api.login.Identity;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.memory.MemoryStorage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What a pool does while nobody asks it for anything, and what it does not do to a host. */
final class PoolUpkeepTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MemoryStorage storage = MemoryStorage.create();
  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private final Mono<FileSession> connect =
      storage
          .open(Identity.of("ann"))
          .map(
              files -> {
                Session session =
                    new Session(files, new AtomicInteger(), new AtomicBoolean(), Sinks.empty());
                sessions.add(session);
                return session;
              });
  private VirtualTimeScheduler time = VirtualTimeScheduler.create();

  @BeforeEach
  void stopTheClock() {
    time = VirtualTimeScheduler.getOrSet();
  }

  @AfterEach
  void startTheClock() {
    VirtualTimeScheduler.reset();
  }

  @Test
  void aWarmPoolHasItsSessionsBeforeTheyAreNeeded() {
    SessionPool<FileSession> pool = pool(PoolOptions.most(4).withWarm(2));

    assertThat(sessions).hasSize(2);
    assertThat(pool.size()).isEqualTo(2);
    pool.close().subscribe();
  }

  @Test
  void anUnusedSessionIsAskedAndABorrowedOneIsNot() {
    SessionPool<FileSession> pool = pool(PoolOptions.most(2).withWarm(2).withKeepAlive(MINUTE));
    Disposable borrower = pool.with(session -> Mono.never()).subscribe();

    time.advanceTimeBy(MINUTE.multipliedBy(3));

    assertThat(sessions)
        .extracting(session -> session.asked().get())
        .containsExactlyInAnyOrder(0, 3);
    borrower.dispose();
    pool.close().subscribe();
    time.advanceTimeBy(MINUTE.multipliedBy(3));
    assertThat(sessions)
        .extracting(session -> session.asked().get())
        .containsExactlyInAnyOrder(0, 3);
  }

  @Test
  void aSessionThatDoesNotAnswerIsNotLent() {
    SessionPool<FileSession> pool = pool(PoolOptions.most(1).withWarm(1).withKeepAlive(MINUTE));
    sessions.get(0).dead().set(true);

    time.advanceTimeBy(MINUTE);

    assertThat(pool.with(session -> Mono.just(session)).blockLast(MINUTE))
        .isNotSameAs(sessions.get(0));
    pool.close().subscribe();
  }

  @Test
  void poolsThatShareALimitWaitForEachOther() {
    HostLimit limit = HostLimit.of(1, MINUTE);
    List<FileSession> opened = new CopyOnWriteArrayList<>();
    List<Throwable> failed = new CopyOnWriteArrayList<>();

    limit.limited("Files.example", connect).subscribe(opened::add);
    limit.limited("files.example", connect).subscribe(opened::add);
    limit.limited("other.example", connect).subscribe(opened::add);
    assertThat(opened).hasSize(2);

    opened.get(0).close().subscribe();
    assertThat(opened).hasSize(3);

    limit.limited("files.example", connect).subscribe(opened::add, failed::add);
    time.advanceTimeBy(MINUTE);
    assertThat(failed).singleElement().isInstanceOf(TimedOut.class);
    opened.get(2).close().subscribe();
    limit.limited("files.example", connect).subscribe(opened::add);
    assertThat(opened).hasSize(4);
  }

  @Test
  void aFailedLoginDoesNotCount() {
    HostLimit limit = HostLimit.of(1, MINUTE);
    List<Throwable> failed = new CopyOnWriteArrayList<>();
    List<FileSession> opened = new CopyOnWriteArrayList<>();

    limit
        .limited("h", Mono.<FileSession>error(new SessionClosed("no")))
        .subscribe(opened::add, failed::add);
    limit.limited("h", Mono.<FileSession>never()).subscribe().dispose();
    limit.limited("h", connect).subscribe(opened::add);

    assertThat(failed).hasSize(1);
    assertThat(opened).hasSize(1);
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> PoolOptions.most(1).withWarm(2)).hasMessageContaining("warm 2");
    assertThatThrownBy(() -> PoolOptions.most(1).withKeepAlive(Duration.ofSeconds(-1)))
        .hasMessageContaining("keepAlive");
    assertThatThrownBy(() -> HostLimit.of(0, MINUTE)).hasMessageContaining("most 0");
  }

  private SessionPool<FileSession> pool(PoolOptions options) {
    return SessionPool.of(connect, options.withIdle(Duration.ofHours(1)), SessionObserver.NONE);
  }

  private record Session(
      StorageSession inner, AtomicInteger asked, AtomicBoolean dead, Sinks.Empty<Void> closed)
      implements FileSession, ForwardingSession {
    @Override
    public Mono<FileEntry> stat(RemotePath path) {
      asked.incrementAndGet();
      return dead.get() ? Mono.error(new SessionClosed("lost")) : inner.stat(path);
    }

    @Override
    public Mono<RemotePath> home() {
      return Mono.just(RemotePath.root());
    }

    @Override
    public SessionInfo info() {
      return new SessionInfo("loopback", "memory", "none", "");
    }

    @Override
    public Mono<Void> close() {
      return inner.close().doFinally(how -> closed.tryEmitEmpty());
    }

    @Override
    public Mono<Void> onClosed() {
      return closed.asMono();
    }
  }
}
