package dev.sluice.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.IncompleteListing;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.transfer.CopyOptions.Placement;
import dev.sluice.client.transfer.Progress.Outcome;
import dev.sluice.client.transfer.Progress.Remark;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class CopyOptionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final RemotePath ROOT = RemotePath.root();
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final Instant NOON = Instant.parse("2024-02-03T12:34:56Z");

  @TempDir Path here;
  @TempDir Path there;
  private StorageSession from;
  private StorageSession to;

  @BeforeEach
  void open() {
    from = LocalStorage.at(here).open(Identity.of("user")).block(PATIENCE);
    to = LocalStorage.at(there).open(Identity.of("user")).block(PATIENCE);
  }

  @AfterEach
  void close() {
    from.close().then(to.close()).block(PATIENCE);
  }

  @Test
  void aCopyIsNeverMoreReadableThanItsSource() throws Exception {
    Files.writeString(here.resolve("file"), "secret");
    mode(here.resolve("file"), "rw-------");

    copy(CopyOptions.DEFAULT);

    assertThat(mode(there.resolve("file"))).isEqualTo("rw-------");
  }

  @Test
  void aProgramStaysAProgramAndTheUmaskIsKept() throws Exception {
    Files.writeString(here.resolve("file"), "#!/bin/sh");
    mode(here.resolve("file"), "rwxrwxrwx");

    copy(CopyOptions.DEFAULT.withKept(Kept.lessUmask(027)));

    assertThat(mode(there.resolve("file"))).isEqualTo("rwxr-x---");
  }

  @Test
  void anExactCopyKeepsModesAndTimesOfDirectoriesToo() throws Exception {
    Files.createDirectory(here.resolve("d"));
    Files.writeString(here.resolve("d/f"), "x");
    mode(here.resolve("d/f"), "rwxrwxrwx");
    mode(here.resolve("d"), "rwx-w--w-");
    Files.setLastModifiedTime(here.resolve("d"), FileTime.from(NOON));

    mirror(CopyOptions.DEFAULT.withKept(Kept.exact()));

    assertThat(mode(there.resolve("d/f"))).isEqualTo("rwxrwxrwx");
    assertThat(mode(there.resolve("d"))).isEqualTo("rwx-w--w-");
    assertThat(Files.getLastModifiedTime(there.resolve("d")).toInstant()).isEqualTo(NOON);
  }

  @Test
  void aPrivateDirectoryStaysPrivate() throws Exception {
    Files.createDirectory(here.resolve("d"));
    mode(here.resolve("d"), "rwx------");

    mirror(CopyOptions.DEFAULT);

    assertThat(mode(there.resolve("d"))).isEqualTo("rwx------");
  }

  @Test
  void aRefusedTimeIsARemarkAndNoFailure() throws Exception {
    Files.writeString(here.resolve("file"), "x");

    List<Progress> progress = copy(CopyOptions.DEFAULT, new Unchangeable(to));

    assertThat(progress).last().extracting(Progress::outcome).isEqualTo(Outcome.COMPLETE);
    assertThat(progress)
        .last()
        .extracting(last -> last.remark().kind())
        .isEqualTo(Remark.Kind.ATTRIBUTES_NOT_KEPT);
    assertThat(there.resolve("file")).hasContent("x");
  }

  @Test
  void aTreeThatRefusesToRenameGetsTheFilesInPlaceAndIsAskedOnce() throws Exception {
    Files.writeString(here.resolve("a"), "1");
    Files.writeString(here.resolve("b"), "2");
    Unrenameable strict = new Unrenameable(to);

    CopyOptions placed = CopyOptions.DEFAULT.withPlacement(Placement.ATOMIC_ELSE_IN_PLACE);
    List<TransferEvent.FileDone> progress =
        Transfers.mirror(from, ROOT, strict, ROOT, Mirror.oneWay().withCopy(placed).parallel(1))
            .ofType(TransferEvent.FileDone.class)
            .collectList()
            .block(PATIENCE);

    assertThat(there.resolve("a")).hasContent("1");
    assertThat(there.resolve("b")).hasContent("2");
    assertThat(progress).filteredOn(each -> each.remark() != null).hasSize(1);
    assertThat(strict.refused).hasValue(1);
  }

  @Test
  void anAtomicCopyIsNotMadeInPlaceUnasked() throws Exception {
    Files.writeString(here.resolve("file"), "x");

    Throwable thrown = catchThrowable(() -> copy(CopyOptions.DEFAULT, new Unrenameable(to)));

    assertThat(thrown).isInstanceOf(FileFailure.class);
    assertThat(((FileFailure) thrown).error()).isEqualTo(FileError.NOT_ATOMIC);
    assertThat(there.resolve("file")).doesNotExist();
  }

  @Test
  void aVerifiedCopyThatDiffersFails() throws Exception {
    Files.writeString(here.resolve("file"), "right");

    Throwable thrown =
        catchThrowable(() -> copy(CopyOptions.DEFAULT.withVerified(true), new Corrupting(to)));

    assertThat(thrown).isInstanceOf(FileFailure.class).hasMessageContaining("differs");
  }

  @Test
  void resumingNoticesASourceThatWasReplacedWithinTheSecond() throws Exception {
    byte[] old = new byte[200_000];
    byte[] replaced = new byte[300_000];
    replaced[0] = 1;
    Files.write(there.resolve("file"), old);
    Files.write(here.resolve("file"), replaced);
    Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Files.setLastModifiedTime(there.resolve("file"), FileTime.from(second));
    Files.setLastModifiedTime(here.resolve("file"), FileTime.from(second.plusMillis(500)));

    Transfers.resume(from, FILE, to, FILE).blockLast(PATIENCE);

    assertThat(there.resolve("file")).hasBinaryContent(replaced);
  }

  @Test
  void aFileOfTheSameSizeAndTimeIsCompleteOnlyWithTheSameOctets() throws Exception {
    Files.writeString(here.resolve("file"), "one");
    Files.writeString(there.resolve("file"), "two");

    assertThat(Transfers.isComplete(from, FILE, to, FILE, CopyOptions.DEFAULT).block(PATIENCE))
        .isFalse();
    Files.writeString(there.resolve("file"), "one");
    assertThat(Transfers.isComplete(from, FILE, to, FILE, CopyOptions.DEFAULT).block(PATIENCE))
        .isTrue();
  }

  @Test
  void aTimeThatAListingHasCutIsAskedForBeforeAFileIsSentAgain() throws Exception {
    Files.writeString(here.resolve("file"), "x");
    Files.setLastModifiedTime(here.resolve("file"), FileTime.from(NOON));
    Files.writeString(there.resolve("file"), "y");
    Files.setLastModifiedTime(there.resolve("file"), FileTime.from(NOON));

    TransferEvent first =
        Transfers.mirror(from, ROOT, new CoarseListing(to), ROOT, Mirror.oneWay())
            .filter(event -> !(event instanceof TransferEvent.Found))
            .blockFirst(PATIENCE);

    assertThat(first).isEqualTo(new TransferEvent.Same(FILE, 1));
    assertThat(there.resolve("file")).hasContent("y");
  }

  @Test
  void aTimeThatAListingHasCutToTheDayIsNotGivenToTheCopy() throws Exception {
    Files.writeString(here.resolve("file"), "x");
    Files.setLastModifiedTime(here.resolve("file"), FileTime.from(NOON));

    Transfers.mirror(new CoarseListing(from, ChronoUnit.DAYS), ROOT, to, ROOT, Mirror.oneWay())
        .blockLast(PATIENCE);

    assertThat(Files.getLastModifiedTime(there.resolve("file")).toInstant()).isEqualTo(NOON);
  }

  @Test
  void whatIsKnownOfAnIncompleteListingIsCopiedAndTheGapReported() throws Exception {
    Files.writeString(here.resolve("file"), "x");

    Throwable thrown =
        catchThrowable(
            () ->
                Transfers.orFail(Transfers.mirror(new Gap(from), ROOT, to, ROOT, Mirror.oneWay()))
                    .blockLast(PATIENCE));

    assertThat(thrown).isInstanceOf(IncompleteListing.class).hasMessageContaining("strange line");
    assertThat(there.resolve("file")).hasContent("x");
  }

  @Test
  void nothingIsDeletedWhereTheListingIsIncomplete() throws Exception {
    Files.writeString(there.resolve("file"), "x");

    Throwable thrown =
        catchThrowable(() -> Transfers.deleteTree(new Gap(to), ROOT).block(PATIENCE));

    assertThat(thrown).isInstanceOf(IncompleteListing.class);
    assertThat(there.resolve("file")).exists();
  }

  @Test
  void aStepOfATreeIsBegunAgainAfterTheSessionHasEnded() throws Exception {
    for (int i = 0; i < 5; i++) {
      Files.writeString(here.resolve("f" + i), "x" + i);
    }

    Transfers.orFail(
            Transfers.mirror(new Dropping(from), ROOT, to, ROOT, Mirror.oneWay().retries(3)))
        .blockLast(PATIENCE);

    for (int i = 0; i < 5; i++) {
      assertThat(there.resolve("f" + i)).hasContent("x" + i);
    }
  }

  @Test
  void withoutRetriesTheEndOfASessionIsTheError() throws Exception {
    Files.writeString(here.resolve("file"), "x");

    Throwable thrown =
        catchThrowable(
            () ->
                Transfers.orFail(
                        Transfers.mirror(new Dropping(from), ROOT, to, ROOT, Mirror.oneWay()))
                    .blockLast(PATIENCE));

    assertThat(thrown).isInstanceOf(SessionClosed.class);
  }

  private List<Progress> copy(CopyOptions options) {
    return copy(options, to);
  }

  private List<Progress> copy(CopyOptions options, StorageSession target) {
    return Transfers.copy(from, FILE, target, FILE, options).collectList().block(PATIENCE);
  }

  private void mirror(CopyOptions options) {
    Transfers.orFail(Transfers.mirror(from, ROOT, to, ROOT, Mirror.oneWay().withCopy(options)))
        .blockLast(PATIENCE);
  }

  private static void mode(Path file, String permissions) throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** Refuses attributes. */
  private record Unchangeable(StorageSession inner) implements ForwardingSession {
    @Override
    public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
      return Mono.error(new FileFailure(FileError.PERMISSION_DENIED, path, "no changes"));
    }
  }

  /** Takes files in place only. */
  private record Unrenameable(StorageSession inner, AtomicInteger refused)
      implements ForwardingSession {
    Unrenameable(StorageSession inner) {
      this(inner, new AtomicInteger());
    }

    @Override
    public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
      if (mode.equals(WriteMode.inPlace())) {
        return inner.write(file, mode, content);
      }
      refused.incrementAndGet();
      return Mono.error(new FileFailure(FileError.NOT_ATOMIC, file, "no rename"));
    }
  }

  /** Writes something else than it was given. */
  private record Corrupting(StorageSession inner) implements ForwardingSession {
    @Override
    public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
      Flux<ByteBuf> wrong =
          Flux.from(content)
              .map(
                  buffer -> {
                    buffer.release();
                    return Unpooled.copiedBuffer("wrong", StandardCharsets.US_ASCII);
                  });
      return inner.write(file, mode, wrong);
    }
  }

  /** Shows times as LIST does. */
  private record CoarseListing(StorageSession inner, ChronoUnit unit) implements ForwardingSession {
    CoarseListing(StorageSession inner) {
      this(inner, ChronoUnit.MINUTES);
    }

    @Override
    public Flux<FileEntry> list(RemotePath directory) {
      return inner
          .list(directory)
          .map(
              entry ->
                  new FileEntry(
                      entry.path(),
                      entry
                          .attributes()
                          .withModified(entry.attributes().modified().truncatedTo(unit))));
    }
  }

  /** Lists less than there is, and says so. */
  private record Gap(StorageSession inner) implements ForwardingSession {
    @Override
    public Flux<FileEntry> list(RemotePath directory) {
      return inner
          .list(directory)
          .concatWith(Flux.error(new IncompleteListing(directory, 1, "a strange line")));
    }
  }

  /** Each file is read at the second attempt. */
  private static final class Dropping implements ForwardingSession {
    private final StorageSession inner;
    private final Set<RemotePath> tried = ConcurrentHashMap.newKeySet();

    Dropping(StorageSession inner) {
      this.inner = inner;
    }

    @Override
    public StorageSession inner() {
      return inner;
    }

    @Override
    public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
      return Flux.defer(
          () ->
              tried.add(file)
                  ? Flux.error(new SessionClosed("the server ended the session"))
                  : inner.read(file, range));
    }
  }

  @Test
  void memoryTakesWhatItCanKeep() {
    StorageSession memory = MemoryStorage.create().open(Identity.of("user")).block(PATIENCE);
    Flux<ByteBuf> content = Flux.just(Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII));
    memory.write(FILE, WriteMode.replace(), content).block(PATIENCE);
    memory
        .setAttributes(FILE, AttributeChange.none().withModified(NOON).withPermissions(0640))
        .block(PATIENCE);

    Transfers.copy(memory, FILE, to, FILE, CopyOptions.DEFAULT).blockLast(PATIENCE);

    FileEntry copied = to.stat(FILE).block(PATIENCE);
    assertThat(copied.attributes().modified()).isEqualTo(NOON);
    assertThat(copied.attributes().permissions()).isEqualTo(0640);
  }
}
