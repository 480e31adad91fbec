package dev.sluice.sftp.both;

import static dev.sluice.sftp.both.BothEnds.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TransferException;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.pool.SessionPool;
import dev.sluice.sftp.SftpSession;
import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.storage.decorate.QuotaStorage;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What only shows with a whole session: many at once, much of it, and ends that come early. */
final class BothEndsIT {
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final int CHUNK = 32 * 1024;

  @TempDir Path root;

  @Test
  @Conforms({"SFTP-052", "SFTP-055"})
  void sixteenAtOnceReadAndWriteWhatAModelSays() {
    int regions = 16;
    int length = 64 * 1024;
    byte[] model = new byte[regions * length];
    new Random(1).nextBytes(model);
    try (BothEnds ends = BothEnds.serving(LocalStorage.at(root))) {
      SftpSession session = ends.session();
      session.write(FILE, WriteMode.replace(), Mono.fromSupplier(() -> copy(model))).block(WAIT);

      Flux.range(0, regions)
          .flatMap(region -> turns(session, model, region * length, length), regions)
          .blockLast(WAIT);

      assertThat(all(session, FILE)).isEqualTo(model);
      session.close().block(WAIT);
    }
  }

  /** Writes and reads at random inside a region that is nobody else's. */
  private static Mono<Void> turns(SftpSession session, byte[] model, int start, int length) {
    Random random = new Random(start);
    return Flux.range(0, 40)
        .concatMap(
            turn -> {
              int offset = start + random.nextInt(length - 1);
              int octets = 1 + random.nextInt(start + length - offset);
              if (random.nextBoolean()) {
                byte[] fresh = new byte[octets];
                random.nextBytes(fresh);
                System.arraycopy(fresh, 0, model, offset, octets);
                return session.write(
                    FILE, WriteMode.at(offset), Mono.fromSupplier(() -> copy(fresh)));
              }
              byte[] expected = Arrays.copyOfRange(model, offset, offset + octets);
              return octets(session.read(FILE, new ByteRange(offset, octets)))
                  .doOnNext(read -> assertThat(read).isEqualTo(expected))
                  .then();
            },
            1)
        .then();
  }

  @Test
  @Timeout(240)
  @Conforms("SFTP-036")
  void aDirectoryOfAHundredThousandEntriesIsListedInLittleMemory() throws IOException {
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      Files.createFile(root.resolve("entry-" + i));
    }
    try (BothEnds ends = BothEnds.serving(LocalStorage.at(root))) {
      SftpSession session = ends.session();

      assertThat(
              session
                  .list(RemotePath.root())
                  .map(entry -> entry.name())
                  .distinct()
                  .count()
                  .block(Duration.ofMinutes(3)))
          .isEqualTo(count);
      session.close().block(WAIT);
    }
  }

  @Test
  @Conforms("SFTP-030")
  void theEndOfASparseFileOfMoreThanFourGibibytesIsReached() throws IOException {
    long size = (4L << 30) + 1;
    try (var sparse = new java.io.RandomAccessFile(root.resolve("file").toFile(), "rw")) {
      sparse.setLength(size - 1);
      sparse.seek(size - 1);
      sparse.write('x');
    }
    try (BothEnds ends = BothEnds.serving(LocalStorage.at(root))) {
      SftpSession session = ends.session();

      byte[] end = octets(session.read(FILE, new ByteRange(size - 3, 100))).block(WAIT);
      session
          .write(FILE, WriteMode.at(size), Mono.fromSupplier(() -> copy(new byte[] {'y'})))
          .block(WAIT);

      assertThat(end).containsExactly(0, 0, 'x');
      assertThat(session.stat(FILE).block(WAIT).size()).isEqualTo(size + 1);
      session.close().block(WAIT);
    }
  }

  @Test
  void keysChangeWhileAFileMoves() {
    try (BothEnds ends =
        BothEnds.serving(
            MemoryStorage.create(),
            server ->
                server.ssh(
                    ssh ->
                        ssh.security(
                            usual ->
                                usual.withRekey(
                                    new RekeyPolicy(1 << 20, 1 << 30, Duration.ofHours(1))))))) {
      SftpSession session = ends.session();
      byte[] content = new byte[20 << 20];
      new Random(2).nextBytes(content);

      session.write(FILE, WriteMode.replace(), chunks(content)).block(WAIT);

      assertThat(all(session, FILE)).isEqualTo(content);
      session.close().block(WAIT);
    }
  }

  @Test
  @Conforms({"SFTP-062", "SFTP-068", "SFTP-084"})
  void aQuotaThatIsUsedUpFailsTheUploadAndLeavesNothing() throws IOException {
    try (BothEnds ends = BothEnds.serving(QuotaStorage.of(LocalStorage.at(root), 1 << 20))) {
      SftpSession session = ends.session();

      assertThatThrownBy(
              () -> session.write(FILE, WriteMode.replace(), chunks(new byte[4 << 20])).block(WAIT))
          .isInstanceOfSatisfying(
              FileFailure.class,
              failure -> assertThat(failure.error()).isNotEqualTo(FileError.UNSUPPORTED));

      assertThat(entries()).isEmpty();
      session.write(FILE, WriteMode.replace(), chunks(new byte[10])).block(WAIT);
      session.close().block(WAIT);
    }
  }

  @Test
  @Conforms({"SFTP-063", "SFTP-068"})
  void anUploadThatIsCancelledLeavesNothingAndTheSessionGoesOn() throws Exception {
    try (BothEnds ends = BothEnds.serving(LocalStorage.at(root))) {
      SftpSession session = ends.session();
      Sinks.Empty<Void> begun = Sinks.empty();
      Flux<ByteBuf> endless =
          Flux.<ByteBuf>generate(sink -> sink.next(copy(new byte[CHUNK])))
              .doOnNext(any -> begun.tryEmitEmpty());

      session
          .write(FILE, WriteMode.replace(), endless)
          .takeUntilOther(begun.asMono().then(Mono.delay(Duration.ofMillis(200))))
          .block(WAIT);

      session.write(FILE, WriteMode.replace(), chunks(new byte[100])).block(WAIT);
      assertThat(all(session, FILE)).hasSize(100);
      session.close().block(WAIT);
    }
    assertThat(entries()).containsExactly("file");
  }

  @Test
  @Conforms({"SFTP-063", "SFTP-068"})
  void whatACancelledUploadLeftIsGoneWhenItsSessionHasClosed() throws Exception {
    try (BothEnds ends = BothEnds.serving(LocalStorage.at(root))) {
      for (int round = 0; round < 10; round++) {
        SftpSession session = ends.session();
        Flux<ByteBuf> endless = Flux.<ByteBuf>generate(sink -> sink.next(copy(new byte[CHUNK])));

        session
            .write(FILE, WriteMode.replace(), endless)
            .takeUntilOther(Mono.delay(Duration.ofMillis(100)))
            .block(WAIT);
        session.close().block(WAIT);

        assertThat(entries()).isEmpty();
      }
    }
  }

  /** The upload is given up when the file is there and the answer to OPEN is on its way. */
  @Test
  void aPartWhoseHandleComesTooLateIsGoneWhenTheSessionHasClosed() throws Exception {
    Storage slow = user -> LocalStorage.at(root).open(user).map(SlowToAnswer::new);
    try (BothEnds ends = BothEnds.serving(slow)) {
      SftpSession session = ends.session();

      session
          .write(FILE, WriteMode.replace(), Flux.never())
          .takeUntilOther(Mono.delay(Duration.ofMillis(50)))
          .block(WAIT);
      session.close().block(WAIT);

      assertThat(entries()).isEmpty();
    }
  }

  private record SlowToAnswer(StorageSession inner) implements ForwardingSession {
    @Override
    public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
      return inner.open(file, mode).delayElement(Duration.ofMillis(500));
    }
  }

  @Test
  @Conforms({"SFTP-065", "SFTP-073"})
  void aServerThatGoesAwayFailsTheUploadAndKeepsNoPartUnderItsName() throws IOException {
    BothEnds ends = BothEnds.serving(LocalStorage.at(root));
    SftpSession session = ends.session();
    Flux<ByteBuf> endless =
        Flux.<ByteBuf>generate(sink -> sink.next(copy(new byte[CHUNK])))
            .index()
            .doOnNext(
                next -> {
                  if (next.getT1() == 200) {
                    ends.closeLater();
                  }
                })
            .map(next -> next.getT2());

    assertThatThrownBy(() -> session.write(FILE, WriteMode.replace(), endless).block(WAIT))
        .isInstanceOf(TransferException.class);

    session.close().block(WAIT);
    ends.close();
    assertThat(entries()).doesNotContain("file");
  }

  @Test
  void aFileThatIsRenamedOrDeletedWhileItIsReadIsReadToItsEnd() {
    byte[] content = new byte[8 << 20];
    new Random(3).nextBytes(content);
    try (BothEnds ends = BothEnds.serving(LocalStorage.at(root))) {
      SftpSession session = ends.session();
      session.write(FILE, WriteMode.replace(), chunks(content)).block(WAIT);
      RemotePath other = RemotePath.of("/other");
      List<byte[]> read = new ArrayList<>();

      session
          .read(FILE, ByteRange.all())
          .index()
          .concatMap(
              next -> {
                read.add(bytes(next.getT2()));
                return next.getT1() == 0
                    ? session.rename(FILE, other).then(session.deleteFile(other))
                    : Mono.empty();
              },
              1)
          .blockLast(WAIT);

      assertThat(joined(read)).isEqualTo(content);
      assertThat(session.list(RemotePath.root()).count().block(WAIT)).isZero();
      session.close().block(WAIT);
    }
  }

  @Test
  void manySmallFilesGoSideBySide() {
    int count = 2_000;
    byte[] content = new byte[4096];
    new Random(5).nextBytes(content);
    try (BothEnds ends = BothEnds.serving(LocalStorage.at(root))) {
      SftpSession session = ends.session();

      Flux.range(0, count)
          .flatMap(
              i ->
                  session.write(
                      RemotePath.of("/f" + i),
                      WriteMode.replace(),
                      Mono.fromSupplier(() -> copy(content))),
              32)
          .blockLast(WAIT);
      Long same =
          Flux.range(0, count)
              .flatMap(i -> octets(session.read(RemotePath.of("/f" + i), ByteRange.all())), 32)
              .filter(read -> Arrays.equals(read, content))
              .count()
              .block(WAIT);

      assertThat(same).isEqualTo(count);
      session.close().block(WAIT);
    }
  }

  @Test
  void aPoolLendsNoMoreSessionsThanItMayAndNoneThatHasEnded() {
    try (BothEnds ends = BothEnds.serving(MemoryStorage.create())) {
      SessionPool<SftpSession> pool =
          SessionPool.of(ends.client().connectSftp(), 3, WAIT, Duration.ofMinutes(1));
      AtomicInteger most = new AtomicInteger();

      Flux.range(0, 60)
          .flatMap(
              i ->
                  pool.with(
                      session -> {
                        most.accumulateAndGet(ends.sessions(), Math::max);
                        return session.write(
                            RemotePath.of("/f" + i), WriteMode.replace(), chunks(new byte[10]));
                      }),
              60)
          .blockLast(WAIT);

      assertThat(most.get()).isBetween(1, 3);
      pool.with(SftpSession::close).blockLast(WAIT);
      for (int i = 0; i < 4; i++) {
        assertThat(pool.with(session -> session.list(RemotePath.root())).count().block(WAIT))
            .isEqualTo(60);
      }
      pool.close().block(WAIT);
    }
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Flux<ByteBuf> chunks(byte[] content) {
    int count = (content.length + CHUNK - 1) / CHUNK;
    return Flux.fromStream(() -> IntStream.range(0, count).boxed())
        .map(
            i ->
                copy(
                    Arrays.copyOfRange(
                        content, i * CHUNK, Math.min(content.length, (i + 1) * CHUNK))));
  }

  private static ByteBuf copy(byte[] octets) {
    return Unpooled.copiedBuffer(octets);
  }

  private static byte[] all(SftpSession session, RemotePath file) {
    return octets(session.read(file, ByteRange.all())).block(WAIT);
  }

  private static Mono<byte[]> octets(Flux<ByteBuf> buffers) {
    return buffers.map(BothEndsIT::bytes).collectList().map(BothEndsIT::joined);
  }

  private static byte[] bytes(ByteBuf buffer) {
    try {
      return ByteBufUtil.getBytes(buffer);
    } finally {
      buffer.release();
    }
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteBuf all = Unpooled.buffer();
    parts.forEach(all::writeBytes);
    return ByteBufUtil.getBytes(all);
  }
}
