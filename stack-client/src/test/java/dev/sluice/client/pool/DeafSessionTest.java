package dev.sluice.client.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** A server that does not answer a goodbye. */
final class DeafSessionTest {
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final StorageSession files =
      MemoryStorage.of(1 << 20).open(Identity.of("ann")).block(WAIT);
  private final Sinks.Empty<Void> ended = Sinks.empty();
  private final AtomicInteger givenUp = new AtomicInteger();

  @Test
  void doesNotKeepAPoolFromClosing() {
    StepVerifier.withVirtualTime(
            () -> {
              SessionPool<FileSession> pool =
                  SessionPool.of(Mono.fromSupplier(this::deaf), 2, WAIT, WAIT);
              return pool.with(session -> session.stat(RemotePath.root()))
                  .then(Mono.defer(pool::close));
            })
        .expectSubscription()
        .expectNoEvent(SessionPool.CLOSE_TIME.minusMillis(1))
        .thenAwait(Duration.ofMillis(1))
        .expectComplete()
        .verify(WAIT);
    assertThat(givenUp).hasValue(1);
  }

  @Test
  void isGivenUpWhenItWasMadeForNobody() {
    Sinks.One<FileSession> second = Sinks.one();
    Mono<FileSession> connect = Mono.<FileSession>fromSupplier(this::deaf);
    AtomicInteger logins = new AtomicInteger();
    FileSession renewing =
        RenewingSession.of(
                Mono.defer(() -> logins.getAndIncrement() == 0 ? connect : second.asMono()))
            .block(WAIT);
    ended.tryEmitEmpty().orThrow();

    StepVerifier.withVirtualTime(
            () -> {
              renewing.stat(RemotePath.root()).subscribe(); // logs in anew
              renewing.close().subscribe();
              second.tryEmitValue(deaf()).orThrow(); // too late
              return Mono.delay(SessionPool.CLOSE_TIME);
            })
        .thenAwait(SessionPool.CLOSE_TIME)
        .expectNext(0L)
        .expectComplete()
        .verify(WAIT);
    assertThat(logins).hasValue(2);
    assertThat(givenUp).hasValue(1);
  }

  private FileSession deaf() {
    return new Deaf(files, ended.asMono(), givenUp::incrementAndGet);
  }

  private record Deaf(StorageSession inner, Mono<Void> end, Runnable whenGivenUp)
      implements FileSession, ForwardingSession {
    @Override
    public Mono<Void> close() {
      return Mono.<Void>never().doOnCancel(whenGivenUp);
    }

    @Override
    public Mono<Void> onClosed() {
      return end;
    }

    @Override
    public Mono<RemotePath> home() {
      return Mono.just(RemotePath.root());
    }

    @Override
    public Mono<Void> write(
        RemotePath file,
        WriteMode mode,
        Publisher<? extends ByteBuf> content,
        AttributeChange attributes) {
      return inner.write(file, mode, content, attributes);
    }

    @Override
    public SessionInfo info() {
      return new SessionInfo("loopback", "memory", "none", "");
    }
  }
}
