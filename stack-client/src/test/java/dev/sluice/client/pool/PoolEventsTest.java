package dev.sluice.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.login.Identity;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.PoolEvent;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.memory.MemoryStorage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** What the observer of a pool hears. */
final class PoolEventsTest {
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final List<PoolEvent> heard = new CopyOnWriteArrayList<>();
  private final SessionObserver observer =
      new SessionObserver() {
        @Override
        public void onEvent(SessionEvent event) {}

        @Override
        public void onPool(PoolEvent event) {
          heard.add(event);
        }
      };

  @Test
  void aSessionIsCreatedLentReturnedLentAgainAndEvicted() {
    SessionPool<FileSession> pool = pool(Mono.fromSupplier(PoolEventsTest::session));
    pool.with(session -> session.stat(RemotePath.root())).blockLast(WAIT);
    pool.with(session -> session.stat(RemotePath.root())).blockLast(WAIT);
    pool.close().block(WAIT);

    assertThat(heard)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Created", "Acquired", "Returned", "Acquired", "Returned", "Evicted");
    assertThat(heard).extracting(PoolEvent::pool).containsOnly("uploads");
  }

  @Test
  void whoeverGetsNoSessionIsReportedOnceWithTheReason() {
    SessionPool<FileSession> pool = pool(Mono.error(new ConnectFailed("nobody there", null)));

    assertThatThrownBy(() -> pool.with(FileSession::home).blockLast(WAIT))
        .isInstanceOf(ConnectFailed.class);

    assertThat(heard)
        .singleElement()
        .isInstanceOfSatisfying(
            PoolEvent.AcquireFailed.class,
            failed -> assertThat(failed.outcome().error()).isEqualTo("connect_failed"));
  }

  @Test
  void whoeverStopsWaitingIsReportedOnce() {
    Disposable waiting = pool(Mono.never()).with(FileSession::home).subscribe();

    waiting.dispose();

    assertThat(heard)
        .singleElement()
        .isInstanceOfSatisfying(
            PoolEvent.AcquireFailed.class,
            failed -> assertThat(failed.outcome()).isEqualTo(Outcome.CANCELLED));
  }

  private SessionPool<FileSession> pool(Mono<FileSession> connect) {
    return SessionPool.of(connect, 1, WAIT, WAIT, "uploads", observer);
  }

  private static FileSession session() {
    return new Loopback(MemoryStorage.of(1 << 20).open(Identity.of("ann")).block(WAIT));
  }

  private record Loopback(StorageSession inner) implements FileSession, ForwardingSession {
    @Override
    public Mono<Void> onClosed() {
      return Mono.never();
    }

    @Override
    public Mono<RemotePath> home() {
      return Mono.just(RemotePath.root());
    }

    @Override
    public SessionInfo info() {
      return new SessionInfo("loopback", "memory", "none", "");
    }
  }
}
