package dev.sluice.storage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

final class GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Identity USER = Identity.of("user");
  private static final RemotePath FILE = RemotePath.of("/file");

  @TempDir Path root;

  @Test
  void manyReadsAtOnceAreAnsweredInOrder() {
    StorageSession session = overDisk();
    session
        .write(FILE, WriteMode.replace(), Flux.defer(() -> Flux.just(counted(1000))))
        .block(PATIENCE);
    FileHandle handle = session.open(FILE, OpenMode.READ).block(PATIENCE);

    List<Integer> firsts =
        Flux.range(0, 100)
            .flatMapSequential(i -> handle.read(i * 40L, 40), 16)
            .map(GatewayTest::first)
            .collectList()
            .block(PATIENCE);

    assertThat(firsts).hasSize(100);
    assertThat(firsts.get(99)).isEqualTo(990);
    handle.close().block(PATIENCE);
  }

  @Test
  void closingInTheMiddleOfAnUploadLeavesNothing() {
    StorageSession session = overMemory(1_000_000);
    FileHandle handle = session.open(FILE, OpenMode.write(WriteMode.replace())).block(PATIENCE);
    handle.write(0, counted(100)).block(PATIENCE);

    handle.close().block(PATIENCE);

    assertThat(session.list(RemotePath.root()).count().block(PATIENCE)).isZero();
    assertThat(catchThrowable(() -> handle.commit().block(PATIENCE)))
        .isInstanceOf(FileFailure.class);
  }

  @Test
  void aRefusalBelowIsToldByTheNextCalls() {
    StorageSession session = overMemory(10_000);
    FileHandle handle = session.open(FILE, OpenMode.write(WriteMode.replace())).block(PATIENCE);

    Throwable thrown =
        catchThrowable(
            () -> {
              for (int i = 0; i < 10; i++) {
                handle.write(i * 4000L, counted(1000)).block(PATIENCE);
              }
              handle.commit().block(PATIENCE);
            });

    assertThat(thrown).isInstanceOf(FileFailure.class).hasMessageContaining("NO_SPACE");
    handle.close().block(PATIENCE);
    assertThat(session.list(RemotePath.root()).count().block(PATIENCE)).isZero();
  }

  @Test
  void anEmptyUploadMakesAnEmptyFile() {
    StorageSession session = overDisk();
    FileHandle handle = session.open(FILE, OpenMode.write(WriteMode.createNew())).block(PATIENCE);

    handle.commit().block(PATIENCE);
    handle.close().block(PATIENCE);

    assertThat(session.stat(FILE).block(PATIENCE).size()).isZero();
  }

  private StorageSession overDisk() {
    return overSession(LocalStorage.at(root).open(USER).block(PATIENCE));
  }

  private static StorageSession overMemory(long octets) {
    return overSession(MemoryStorage.of(octets).open(USER).block(PATIENCE));
  }

  private static StorageSession overSession(StorageSession session) {
    FileSession loopback = new LoopbackSession(Objects.requireNonNull(session));
    return SessionStorage.of(() -> reactor.core.publisher.Mono.just(loopback))
        .open(USER)
        .block(PATIENCE);
  }

  private static ByteBuf counted(int numbers) {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer();
    for (int i = 0; i < numbers; i++) {
      buffer.writeInt(i);
    }
    return buffer;
  }

  private static int first(ByteBuf buffer) {
    int number = buffer.readInt();
    buffer.release();
    return number;
  }
}
