package dev.sluice.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.Contents;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.client.pool.PooledFiles;
import dev.sluice.client.transfer.TransferEvent.Failed;
import dev.sluice.client.transfer.TransferEvent.Summary;
import dev.sluice.storage.memory.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** A mirror from one directory of a server to another, through one pool. */
final class PoolMirrorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final RemotePath SOURCE = RemotePath.of("/source");
  private static final RemotePath TARGET = RemotePath.of("/target");
  private static final int FILES = 60;

  private final MemoryStorage storage = MemoryStorage.create();

  @ParameterizedTest(name = "{0} sessions")
  @ValueSource(ints = {2, 3, 7})
  void itNeverWaitsForASessionThatItHolds(int sessions) {
    FileOperations files = pool(sessions);
    fill(files);

    List<TransferEvent> events =
        Transfers.mirror(files, SOURCE, files, TARGET, Mirror.oneWay().parallel(16))
            .collectList()
            .block(PATIENCE);

    Summary summary = (Summary) events.get(events.size() - 1);
    assertThat(events).noneMatch(Failed.class::isInstance);
    assertThat(summary.moved()).isEqualTo(FILES);
    files.close().block(PATIENCE);
  }

  @Test
  void aPoolOfOneSessionIsRefusedWithTheRemedy() {
    FileOperations files = pool(1);
    fill(files);

    assertThat(
            Transfers.mirror(files, SOURCE, files, TARGET, Mirror.oneWay())
                .ofType(Failed.class)
                .map(failed -> failed.cause().getMessage())
                .collectList()
                .block(PATIENCE))
        .singleElement()
        .asString()
        .contains("PoolOptions.most(2)");
    files.close().block(PATIENCE);
  }

  private FileOperations pool(int sessions) {
    return PooledFiles.of(
        () -> storage.open(Identity.of("ann")).map(Served::new),
        PoolOptions.most(sessions).withAcquire(Duration.ofSeconds(10)));
  }

  private static void fill(FileOperations files) {
    files.createDirectory(SOURCE).block(PATIENCE);
    for (int i = 0; i < FILES; i++) {
      files
          .write(
              SOURCE.child("f" + i),
              WriteMode.replace(),
              Contents.of("text " + i, StandardCharsets.UTF_8))
          .block(PATIENCE);
    }
  }

  /** A storage as a session with a server. */
  private record Served(StorageSession inner) implements FileSession, ForwardingSession {
    @Override
    public SessionInfo info() {
      return new SessionInfo("test", "this:1", "none", "");
    }

    @Override
    public Mono<RemotePath> home() {
      return Mono.just(RemotePath.root());
    }

    @Override
    public Mono<Void> close() {
      return inner.close();
    }

    @Override
    public Mono<Void> onClosed() {
      return Mono.never();
    }
  }
}
