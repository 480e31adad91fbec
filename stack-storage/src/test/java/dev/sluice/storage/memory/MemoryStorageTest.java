package dev.sluice.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.Space;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class MemoryStorageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final RemotePath FILE = RemotePath.of("/file");

  private final StorageSession session =
      MemoryStorage.of(1_000_000).open(Identity.of("user")).block(PATIENCE);

  @Test
  void whatDoesNotFitIsRefusedAndLeavesNothing() {
    assertRefused(FileError.NO_SPACE, write(1_100_000));

    assertThat(session.list(RemotePath.root()).count().block(PATIENCE)).isZero();
    assertThat(free()).isEqualTo(1_000_000);
  }

  @Test
  void aReplacementThatDoesNotFitLeavesTheOldFile() {
    write(600_000).block(PATIENCE);

    assertRefused(FileError.NO_SPACE, write(600_000));
    assertThat(session.stat(FILE).block(PATIENCE).size()).isEqualTo(600_000);
  }

  @Test
  void deletingGivesTheRoomBack() {
    for (int i = 0; i < 5; i++) {
      write(900_000).block(PATIENCE);
      session.deleteFile(FILE).block(PATIENCE);
    }

    assertThat(free()).isEqualTo(1_000_000);
  }

  @Test
  void emptyFilesTakeRoomToo() {
    Publisher<?> many =
        Flux.range(0, 3000)
            .concatMap(
                i -> session.write(RemotePath.of("/" + i), WriteMode.replace(), Flux.empty()));

    assertRefused(FileError.NO_SPACE, many);
  }

  @Test
  void aSizeThatNoMachineHoldsIsRefusedAtOnce() {
    write(10).block(PATIENCE);

    assertRefused(
        FileError.NO_SPACE,
        session.setAttributes(FILE, AttributeChange.none().withSize(Long.MAX_VALUE - 1)));
  }

  @Test
  void whoHasAFileOpenKeepsReadingItAfterItIsReplaced() {
    write(100).block(PATIENCE);
    FileHandle handle = session.open(FILE, OpenMode.READ).block(PATIENCE);

    write(5).block(PATIENCE);
    session.deleteFile(FILE).block(PATIENCE);

    ByteBuf read = handle.read(0, 1000).block(PATIENCE);
    assertThat(read.readableBytes()).isEqualTo(100);
    read.release();
    handle.close().block(PATIENCE);
    assertThat(free()).isEqualTo(1_000_000);
  }

  @Test
  void whatIsCutReadsAsZerosWhenExtended() {
    write(100_000).block(PATIENCE);

    session.setAttributes(FILE, AttributeChange.none().withSize(70_000)).block(PATIENCE);
    session.setAttributes(FILE, AttributeChange.none().withSize(140_000)).block(PATIENCE);

    Long ones =
        session
            .read(FILE, ByteRange.all())
            .map(
                buffer -> {
                  byte[] octets = ByteBufUtil.getBytes(buffer);
                  long count = IntStream.range(0, octets.length).map(i -> octets[i]).sum();
                  buffer.release();
                  return count;
                })
            .reduce(0L, Long::sum)
            .block(PATIENCE);
    assertThat(ones).isEqualTo(70_000);
  }

  @Test
  void anUploadIntoADirectoryDeletedMeanwhileIsRefused() {
    RemotePath directory = RemotePath.of("/directory");
    session.createDirectory(directory).block(PATIENCE);
    FileHandle handle =
        session.open(directory.child("file"), OpenMode.write(WriteMode.replace())).block(PATIENCE);
    session.deleteDirectory(directory).block(PATIENCE);

    assertRefused(FileError.NOT_FOUND, handle.commit());
    handle.close().block(PATIENCE);
    assertThat(free()).isEqualTo(1_000_000);
  }

  @Test
  void sessionsOfOneStorageShareItsFiles() {
    MemoryStorage storage = MemoryStorage.create();
    StorageSession one = storage.open(Identity.of("one")).block(PATIENCE);
    StorageSession two = storage.open(Identity.of("two")).block(PATIENCE);

    one.createDirectory(RemotePath.of("/directory")).block(PATIENCE);

    assertThat(two.stat(RemotePath.of("/directory")).block(PATIENCE).attributes().owner())
        .isEqualTo("one");
  }

  private long free() {
    Space space = session.space(RemotePath.root()).block(PATIENCE);
    return space.free();
  }

  private Mono<Void> write(int octets) {
    return session.write(FILE, WriteMode.replace(), Flux.defer(() -> Flux.just(ones(octets))));
  }

  private static ByteBuf ones(int octets) {
    byte[] ones = new byte[octets];
    Arrays.fill(ones, (byte) 1);
    return ByteBufAllocator.DEFAULT.buffer(octets).writeBytes(ones);
  }

  private static void assertRefused(FileError expected, Publisher<?> operation) {
    FileFailure refusal =
        catchThrowableOfType(FileFailure.class, () -> Flux.from(operation).blockLast(PATIENCE));
    assertThat(refusal.error()).isEqualTo(expected);
  }
}
