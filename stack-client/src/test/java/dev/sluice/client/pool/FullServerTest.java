package dev.sluice.client.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.memory.MemoryStorage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** A server that takes fewer sessions than a pool would open, or none at all. */
final class FullServerTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int CALLERS = 12;

  private final MemoryStorage storage = MemoryStorage.create();
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  @Test
  void callersWaitForTheSessionsThatTheServerTakes() {
    SessionPool<FileSession> pool = pool(server(2), 4);

    StepVerifier.create(calls(pool)).expectNextCount(CALLERS).expectComplete().verify(LONG);

    assertThat(pool.size()).isEqualTo(2);
    assertThat(attempts.get()).isBetween(3, 4);
    pool.close().block(LONG);
  }

  @Test
  void aSessionThatEndsIsReplaced() {
    SessionPool<FileSession> pool = pool(server(1), 4);
    StepVerifier.create(calls(pool)).expectNextCount(CALLERS).expectComplete().verify(LONG);

    pool.with(FileSession::close).blockLast(LONG);

    StepVerifier.create(calls(pool)).expectNextCount(CALLERS).expectComplete().verify(LONG);
    pool.close().block(LONG);
  }

  @Test
  void aWrongPasswordIsTriedOnce() {
    Mono<FileSession> refused =
        Mono.delay(Duration.ofMillis(50))
            .flatMap(
                later -> {
                  attempts.incrementAndGet();
                  return Mono.error(new AuthenticationFailed("530 wrong"));
                });
    SessionPool<FileSession> pool = pool(refused, 4);

    StepVerifier.create(calls(pool).onErrorContinue((why, caller) -> {}))
        .expectComplete()
        .verify(LONG);

    assertThat(attempts).hasValue(1);
    pool.close().block(LONG);
  }

  @Test
  void whoComesAfterAServerIsBackGetsASession() {
    AtomicBoolean up = new AtomicBoolean();
    SessionPool<FileSession> pool = pool(Mono.defer(() -> server(up.get() ? 3 : 0)), 4);
    StepVerifier.create(pool.with(session -> Mono.just(1)))
        .expectError(SessionClosed.class)
        .verify(LONG);

    up.set(true);

    StepVerifier.create(calls(pool)).expectNextCount(CALLERS).expectComplete().verify(LONG);
    pool.close().block(LONG);
  }

  @Test
  void theLimitOfAServerIsBelievedForAWhile() {
    AtomicLong clock = new AtomicLong();
    Room room = new Room(4, 0, clock::get);
    assertThat(room.getPermits(1)).isEqualTo(1);
    room.opened();
    assertThat(room.getPermits(1)).isEqualTo(1);
    room.returnPermits(1);

    assertThat(room.refused()).isTrue();
    assertThat(room.getPermits(1)).isZero();
    clock.addAndGet(Room.BELIEVED.toNanos() - 1);
    assertThat(room.getPermits(1)).isZero();
    clock.addAndGet(1);
    assertThat(room.getPermits(1)).isEqualTo(1);
  }

  @Test
  void withoutASessionThereIsNothingToWaitFor() {
    Room room = new Room(4, 0, () -> 0);
    assertThat(room.getPermits(1)).isEqualTo(1);
    room.returnPermits(1);

    assertThat(room.refused()).isFalse();
    assertThat(room.getPermits(1)).isEqualTo(1);
  }

  private static SessionPool<FileSession> pool(Mono<FileSession> connect, int most) {
    return SessionPool.of(connect, most, LONG, LONG);
  }

  private static Flux<Long> calls(SessionPool<FileSession> pool) {
    return Flux.range(0, CALLERS)
        .flatMap(caller -> pool.with(session -> Mono.delay(Duration.ofMillis(20))).next(), CALLERS);
  }

  /** Refuses more sessions than {@code most}. */
  private Mono<FileSession> server(int most) {
    return Mono.delay(Duration.ofMillis(10))
        .flatMap(
            later -> {
              attempts.incrementAndGet();
              if (open.incrementAndGet() > most) {
                open.decrementAndGet();
                return Mono.error(new SessionClosed("421 too many"));
              }
              return storage
                  .open(Identity.of("ann"))
                  .map(files -> new Session(files, Sinks.empty(), open));
            });
  }

  private record Session(StorageSession inner, Sinks.Empty<Void> closed, AtomicInteger open)
      implements FileSession, ForwardingSession {

    @Override
    public Mono<RemotePath> home() {
      return Mono.just(RemotePath.root());
    }

    @Override
    public SessionInfo info() {
      return new SessionInfo("loopback", "memory", "none", "");
    }

    @Override
    public Mono<Void> onClosed() {
      return closed.asMono();
    }

    @Override
    public Mono<Void> close() {
      return Mono.fromRunnable(
          () -> {
            if (closed.tryEmitEmpty().isSuccess()) {
              open.decrementAndGet();
            }
          });
    }
  }
}
