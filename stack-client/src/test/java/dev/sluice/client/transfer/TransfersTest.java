package dev.sluice.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.FileOperations;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

final class TransfersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RemotePath FILE = RemotePath.of("/file");

  @TempDir Path root;
  private StorageSession memory;
  private StorageSession disk;

  @BeforeEach
  void open() {
    memory = MemoryStorage.create().open(Identity.of("user")).block(PATIENCE);
    disk = LocalStorage.at(root).open(Identity.of("user")).block(PATIENCE);
  }

  @AfterEach
  void close() {
    disk.close().block(PATIENCE);
  }

  @Test
  void copiesAFileAndTellsHowFarItIs() {
    put(memory, FILE, octets(1_000_000));

    List<Progress> progress =
        Transfers.copy(memory, FILE, disk, FILE, WriteMode.replace()).collectList().block(PATIENCE);

    assertThat(Arrays.equals(content(disk, FILE), octets(1_000_000))).isTrue();
    assertThat(progress)
        .last()
        .isEqualTo(new Progress(FILE, 1_000_000, 1_000_000, Progress.Outcome.COMPLETE));
    assertThat(progress.get(0).outcome()).isEqualTo(Progress.Outcome.RUNNING);
    assertThat(progress.get(0).total()).isEqualTo(1_000_000);
  }

  @Test
  void whoNeverAsksForProgressStillGetsTheFile() {
    put(memory, FILE, octets(1_000_000));

    Transfers.copy(memory, FILE, disk, FILE, WriteMode.replace())
        .limitRate(1)
        .last()
        .block(PATIENCE);

    assertThat(content(disk, FILE)).hasSize(1_000_000);
  }

  @Test
  void copiesInsideOneTree() {
    put(memory, FILE, octets(1000));

    Transfers.copy(memory, FILE, memory, RemotePath.of("/copy"), WriteMode.replace())
        .then()
        .block(PATIENCE);

    assertThat(content(memory, RemotePath.of("/copy"))).isEqualTo(octets(1000));
  }

  @Test
  void copyingAMissingFileIsRefused() {
    assertRefused(
        FileError.NOT_FOUND, Transfers.copy(memory, FILE, disk, FILE, WriteMode.replace()));
    assertThat(names(disk, "/")).isEmpty();
  }

  @Test
  void cancellingACopyLeavesNothing() {
    put(memory, FILE, octets(1_000_000));
    FileOperations stalling = new StallingSession(memory);

    Transfers.copy(stalling, FILE, disk, FILE, WriteMode.replace()).blockFirst(PATIENCE);

    List<String> left =
        Mono.fromCallable(() -> names(disk, "/"))
            .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic())
            .filter(List::isEmpty)
            .repeatWhenEmpty(100, rounds -> rounds.delayElements(Duration.ofMillis(20)))
            .block(PATIENCE);
    assertThat(left).isEmpty();
  }

  @Test
  void copiesAreCutAtAnyMomentAndLoseNoBuffer() {
    put(memory, FILE, octets(2_000_000));
    put(disk, FILE, octets(2_000_000));

    Flux.range(0, 400)
        .flatMap(
            i ->
                (i % 2 == 0
                        ? Transfers.copy(
                            memory, FILE, disk, RemotePath.of("/" + i), WriteMode.replace())
                        : Transfers.copy(
                            disk, FILE, memory, RemotePath.of("/" + i), WriteMode.replace()))
                    .then()
                    .timeout(Duration.ofNanos(i * 20_000L), Mono.empty())
                    .then(disk.deleteFile(RemotePath.of("/" + i)).onErrorComplete())
                    .then(memory.deleteFile(RemotePath.of("/" + i)).onErrorComplete()),
            8)
        .then()
        .block(PATIENCE);

    assertThat(content(disk, FILE)).isEqualTo(content(memory, FILE));
  }

  @Test
  void resumingGoesOnBehindWhatIsThere() {
    put(memory, FILE, octets(1_000_000));
    put(disk, FILE, Arrays.copyOf(octets(1_000_000), 400_000));
    CountingSession counting = new CountingSession(memory);

    Transfers.resume(counting, FILE, disk, FILE).then().block(PATIENCE);

    assertThat(Arrays.equals(content(disk, FILE), octets(1_000_000))).isTrue();
    assertThat(counting.read().get()).isLessThan(700_000);
  }

  @Test
  void resumingWhatIsNotTheBeginningOfTheFileBeginsAnew() {
    put(memory, FILE, octets(1_000_000));
    put(disk, FILE, octets(400_000));

    Transfers.resume(memory, FILE, disk, FILE).then().block(PATIENCE);

    assertThat(Arrays.equals(content(disk, FILE), octets(1_000_000))).isTrue();
  }

  @Test
  void resumingWhatIsOlderThanTheFileBeginsAnew() {
    put(memory, FILE, octets(1_000_000));
    put(disk, FILE, Arrays.copyOf(octets(1_000_000), 400_000));
    disk.setAttributes(
            FILE, AttributeChange.none().withModified(Instant.parse("2001-01-01T00:00:00Z")))
        .block(PATIENCE);
    CountingSession counting = new CountingSession(memory);

    Transfers.resume(counting, FILE, disk, FILE).then().block(PATIENCE);

    assertThat(counting.read().get()).isEqualTo(1_000_000);
    assertThat(Arrays.equals(content(disk, FILE), octets(1_000_000))).isTrue();
  }

  @Test
  void resumingWhatIsLongerThanTheFileBeginsAnew() {
    put(memory, FILE, octets(1000));
    put(disk, FILE, octets(2000));

    Transfers.resume(memory, FILE, disk, FILE).then().block(PATIENCE);

    assertThat(content(disk, FILE)).isEqualTo(octets(1000));
  }

  @Test
  void resumingWhatIsCompleteMovesNothing() {
    put(memory, FILE, octets(1000));
    Transfers.resume(memory, FILE, disk, FILE).then().block(PATIENCE);

    StepVerifier.create(Transfers.resume(memory, FILE, disk, FILE))
        .expectNext(new Progress(FILE, 1000, 1000, Progress.Outcome.UNCHANGED))
        .expectComplete()
        .verify(PATIENCE);
  }

  @Test
  void resumingAnEmptyFileCreatesIt() {
    put(memory, FILE, new byte[0]);

    Transfers.resume(memory, FILE, disk, FILE).then().block(PATIENCE);

    assertThat(names(disk, "/")).containsExactly("file");
  }

  @Test
  void mirrorsATreeAndItsTimes() {
    plant(memory);
    Instant then = Instant.parse("2001-02-03T04:05:06Z");
    memory
        .setAttributes(RemotePath.of("/a/b/deep"), AttributeChange.none().withModified(then))
        .block(PATIENCE);

    Transfers.mirror(memory, RemotePath.root(), disk, RemotePath.of("/copy"), Mirror.oneWay())
        .then()
        .block(PATIENCE);

    assertThat(content(disk, RemotePath.of("/copy/a/b/deep"))).isEqualTo(octets(3000));
    assertThat(names(disk, "/copy")).containsExactly("a", "empty", "top");
    assertThat(disk.stat(RemotePath.of("/copy/a/b/deep")).block(PATIENCE).attributes().modified())
        .isEqualTo(then);
  }

  @Test
  void mirroringAgainMovesNothing() {
    plant(memory);
    RemotePath all = RemotePath.root();
    Mirror how = Mirror.oneWay();
    Transfers.mirror(memory, all, disk, all, how).then().block(PATIENCE);

    List<TransferEvent> again =
        Transfers.mirror(memory, all, disk, all, how)
            .filter(event -> !(event instanceof TransferEvent.Found))
            .collectList()
            .block(PATIENCE);

    assertThat(again).hasSize(4).filteredOn(TransferEvent.Same.class::isInstance).hasSize(3);
  }

  @Test
  void mirroringSkipsLinks() {
    put(memory, FILE, octets(10));
    memory.createSymbolicLink(RemotePath.of("/link"), "file").block(PATIENCE);

    List<TransferEvent> events =
        Transfers.mirror(memory, RemotePath.root(), disk, RemotePath.root(), Mirror.oneWay())
            .filter(TransferEvent.LeftOut.class::isInstance)
            .collectList()
            .block(PATIENCE);

    assertThat(events)
        .containsExactly(new TransferEvent.LeftOut(RemotePath.of("/link"), TransferEvent.Why.LINK));
    assertThat(names(disk, "/")).containsExactly("file");
  }

  @Test
  void mirroringDoesNotFollowLinksInTheWay() {
    plant(memory);
    disk.createDirectory(RemotePath.of("/elsewhere")).block(PATIENCE);
    disk.createSymbolicLink(RemotePath.of("/a"), "elsewhere").block(PATIENCE);

    Throwable thrown =
        catchThrowable(
            () ->
                Transfers.orFail(
                        Transfers.mirror(
                            memory, RemotePath.root(), disk, RemotePath.root(), Mirror.oneWay()))
                    .blockLast(PATIENCE));

    assertThat(thrown).isInstanceOf(FileFailure.class).hasMessageContaining("NOT_A_DIRECTORY");
    assertThat(names(disk, "/elsewhere")).isEmpty();
    assertThat(names(disk, "/")).contains("top");
  }

  @Test
  void mirroringRefusesNamesThatLeadElsewhere() {
    for (String planted : List.of("/../outside", "/elsewhere/file", "/")) {
      FileEntry lie =
          new FileEntry(RemotePath.of(planted), FileAttributes.of(FileKind.FILE).withSize(1));
      FileOperations liar = new LyingSession(memory, RemotePath.of("/directory"), lie);

      assertRefused(
          FileError.INVALID_NAME,
          Transfers.orFail(
              Transfers.mirror(
                  liar, RemotePath.of("/directory"), disk, RemotePath.root(), Mirror.oneWay())));
    }
    assertThat(names(disk, "/")).isEmpty();
  }

  @Test
  void mirroringATreeWithoutEndStops() {
    FileOperations endless = new EndlessSession(memory);

    StepVerifier.create(
            Transfers.orFail(
                Transfers.mirror(
                    endless, RemotePath.root(), memory, RemotePath.root(), Mirror.oneWay())))
        .thenConsumeWhile(progress -> true)
        .expectError(LimitExceeded.class)
        .verify(PATIENCE);
  }

  @Test
  void verifyTellsWhetherTheOctetsAreTheSame() {
    put(memory, FILE, octets(100_000));
    put(disk, FILE, octets(100_000));
    byte[] other = octets(100_000);
    other[50_000]++;
    put(disk, RemotePath.of("/other"), other);
    put(disk, RemotePath.of("/short"), octets(10));

    assertThat(Transfers.verify(memory, FILE, disk, FILE).block(PATIENCE)).isTrue();
    assertThat(Transfers.verify(memory, FILE, disk, RemotePath.of("/other")).block(PATIENCE))
        .isFalse();
    assertThat(Transfers.verify(memory, FILE, disk, RemotePath.of("/short")).block(PATIENCE))
        .isFalse();
  }

  @Test
  void deletesATreeButNotWhatLinksLeadTo() {
    plant(disk);
    put(disk, RemotePath.of("/kept"), octets(5));
    disk.createDirectory(RemotePath.of("/keptToo")).block(PATIENCE);
    put(disk, RemotePath.of("/keptToo/file"), octets(5));
    disk.createSymbolicLink(RemotePath.of("/a/link"), "../keptToo").block(PATIENCE);

    Long count = Transfers.deleteTree(disk, RemotePath.of("/a")).block(PATIENCE);

    assertThat(count).isEqualTo(4);
    assertThat(names(disk, "/")).containsExactly("empty", "kept", "keptToo", "top");
    assertThat(names(disk, "/keptToo")).containsExactly("file");
  }

  private static void plant(FileOperations tree) {
    tree.createDirectory(RemotePath.of("/a")).block(PATIENCE);
    tree.createDirectory(RemotePath.of("/a/b")).block(PATIENCE);
    put(tree, RemotePath.of("/a/b/deep"), octets(3000));
    put(tree, RemotePath.of("/top"), octets(2000));
    put(tree, RemotePath.of("/empty"), new byte[0]);
  }

  private static byte[] octets(int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    return octets;
  }

  private static void put(FileOperations tree, RemotePath path, byte[] content) {
    Flux<ByteBuf> buffers =
        Flux.defer(
            () ->
                content.length == 0
                    ? Flux.empty()
                    : Flux.just(ByteBufAllocator.DEFAULT.buffer().writeBytes(content)));
    tree.write(path, WriteMode.replace(), buffers).block(PATIENCE);
  }

  private static byte[] content(FileOperations tree, RemotePath path) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    tree.read(path, ByteRange.all())
        .doOnNext(
            buffer -> {
              all.writeBytes(ByteBufUtil.getBytes(buffer));
              buffer.release();
            })
        .then()
        .block(PATIENCE);
    return all.toByteArray();
  }

  private static List<String> names(FileOperations tree, String directory) {
    return tree.list(RemotePath.of(directory))
        .map(FileEntry::name)
        .collectSortedList()
        .block(PATIENCE);
  }

  private static void assertRefused(FileError expected, Flux<?> operation) {
    Throwable thrown = catchThrowable(() -> operation.blockLast(PATIENCE));
    assertThat(thrown).isInstanceOf(FileFailure.class);
    assertThat(((FileFailure) thrown).error()).isEqualTo(expected);
  }

  /** Counts the octets that are read. */
  private record CountingSession(StorageSession inner, AtomicLong read)
      implements ForwardingSession {
    CountingSession(StorageSession inner) {
      this(inner, new AtomicLong());
    }

    @Override
    public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
      return inner.read(file, range).doOnNext(buffer -> read.addAndGet(buffer.readableBytes()));
    }
  }

  /** Never comes to the end of a file. */
  private record StallingSession(StorageSession inner) implements ForwardingSession {
    @Override
    public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
      return inner.read(file, range).concatWith(Flux.never());
    }
  }

  /** Lists in one directory what is elsewhere. */
  private record LyingSession(StorageSession inner, RemotePath directory, FileEntry lie)
      implements ForwardingSession {
    @Override
    public Flux<FileEntry> list(RemotePath listed) {
      return listed.equals(directory) ? Flux.just(lie) : inner.list(listed);
    }
  }

  /** Has a directory in every directory. */
  private record EndlessSession(StorageSession inner) implements ForwardingSession {
    @Override
    public Flux<FileEntry> list(RemotePath listed) {
      return Flux.just(new FileEntry(listed.child("d"), FileAttributes.of(FileKind.DIRECTORY)));
    }
  }
}
