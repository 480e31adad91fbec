package dev.sluice.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.TimedOut;
import dev.sluice.api.WalkOptions;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.Contents;
import dev.sluice.storage.memory.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Verbs that borrow a session each. */
final class PooledFilesTest {
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final MemoryStorage storage = MemoryStorage.create();
  private final AtomicInteger logins = new AtomicInteger();
  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private final FileClient client =
      () ->
          storage
              .open(Identity.of("ann"))
              .map(
                  files -> {
                    logins.incrementAndGet();
                    Session session = new Session(files, new AtomicBoolean());
                    sessions.add(session);
                    return session;
                  });

  @Test
  void aReadForEachEntryOfAWalkEndsAndUsesTwoSessions() {
    FileOperations files = PooledFiles.of(client, PoolOptions.most(2));
    for (int i = 0; i < 20; i++) {
      put(files, "/f" + i, "text " + i);
    }

    List<String> texts =
        files
            .walk(RemotePath.root(), WalkOptions.ALL)
            .map(FileEntry::path)
            .concatMap(path -> Contents.bytes(files.read(path, ByteRange.all()), 100))
            .map(octets -> new String(octets, StandardCharsets.UTF_8))
            .collectList()
            .block(WAIT);

    assertThat(texts).hasSize(20).contains("text 7");
    assertThat(logins.get()).isLessThanOrEqualTo(2);
    files.close().block(WAIT);
  }

  @Test
  void aSessionThatDiedUnseenIsReplacedBeforeItIsLent() {
    FileOperations files =
        PooledFiles.of(client, PoolOptions.most(2).withCheck(Duration.ofNanos(1)));
    put(files, "/f", "text");
    sessions.forEach(session -> session.dead.set(true));

    assertThat(files.exists(RemotePath.of("/f")).block(WAIT)).isTrue();
    assertThat(logins).hasValue(2);
    files.close().block(WAIT);
  }

  @Test
  void whoGetsNoSessionInTimeIsToldSo() {
    FileOperations files =
        PooledFiles.of(client, PoolOptions.most(1).withAcquire(Duration.ofMillis(50)));
    for (int i = 0; i < 100; i++) { // more than are asked for ahead: the listing is not over
      put(files, "/f" + i, "text");
    }

    Flux<Boolean> nested =
        files.list(RemotePath.root()).concatMap(entry -> files.exists(entry.path()));

    assertThatThrownBy(() -> nested.blockLast(WAIT)).isInstanceOf(TimedOut.class);
    files.close().block(WAIT);
  }

  @Test
  void whatTheServerCanDoIsKnownAfterTheFirstVerb() {
    FileOperations files = PooledFiles.of(client, PoolOptions.most(2));
    assertThat(files.capabilities()).containsExactly(Capability.PARALLEL_TRANSFERS);

    files.exists(RemotePath.root()).block(WAIT);

    assertThat(files.capabilities()).containsAll(sessions.get(0).capabilities());
    files.close().block(WAIT);
  }

  private static void put(FileOperations files, String path, String text) {
    files
        .write(RemotePath.of(path), WriteMode.replace(), Contents.of(text, StandardCharsets.UTF_8))
        .block(WAIT);
  }

  /** A dead one is no longer known to the firewall in between. */
  private record Session(StorageSession inner, AtomicBoolean dead)
      implements FileSession, ForwardingSession {
    @Override
    public Mono<FileEntry> stat(RemotePath path) {
      return dead.get()
          ? Mono.error(new SessionClosed("the connection was lost"))
          : inner.stat(path);
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
    public Mono<Void> onClosed() {
      return Mono.never();
    }
  }
}
