package dev.sluice.storage.local;

import static dev.sluice.storage.local.LocalFixture.PATIENCE;
import static dev.sluice.storage.local.LocalFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileKind;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RemotePath;
import dev.sluice.api.StorageUnavailable;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

final class LocalStorageTest {
  @TempDir Path root;
  private LocalFixture files;

  @BeforeEach
  void open() {
    files = LocalFixture.at(root);
  }

  @Test
  @Conforms("FTP-111")
  void theOldFileStaysVisibleUntilTheNewOneIsComplete() throws IOException {
    files.put("/file", "old");
    FileHandle handle = openToReplace("/file");
    handle.write(0, buffer("new")).block(PATIENCE);

    assertThat(files.read("/file")).isEqualTo("old");
    assertThat(files.names("/")).containsExactly("file");
    handle.commit().block(PATIENCE);
    assertThat(files.read("/file")).isEqualTo("new");
    handle.close().block(PATIENCE);
    assertThat(entries(root)).containsExactly("file");
  }

  @Test
  @Conforms("FTP-111")
  void aFailedUploadLeavesNothingOnTheDisk() throws IOException {
    Flux<ByteBuf> broken =
        Flux.defer(() -> Flux.just(buffer("part")))
            .concatWith(Mono.error(new IllegalStateException("cut")));

    files
        .session()
        .write(RemotePath.of("/file"), WriteMode.replace(), broken)
        .onErrorComplete()
        .block(PATIENCE);

    assertThat(entries(root)).isEmpty();
  }

  @Test
  void aNewFileThatIsNotAtomicShowsAtOnceWithItsPermissions() throws IOException {
    OpenMode mode = OpenMode.write(new WriteMode.CreateNew(false)).withPermissions(0600);
    FileHandle handle = files.session().open(RemotePath.of("/file"), mode).block(PATIENCE);
    handle.write(0, buffer("grows")).block(PATIENCE);

    assertThat(files.read("/file")).isEqualTo("grows");
    assertThat(Files.getPosixFilePermissions(root.resolve("file")))
        .isEqualTo(PermissionBits.toSet(0600));
    handle.close().block(PATIENCE);
    assertRefused(FileError.ALREADY_EXISTS, files.session().open(RemotePath.of("/file"), mode));
  }

  @Test
  void aReplacementAsideGetsThePermissionsAskedForOnlyWhereNoFileWas() throws IOException {
    for (WriteMode write : List.of(WriteMode.replace(), new WriteMode.Replace(false))) {
      OpenMode mode = OpenMode.write(write).withPermissions(0640);
      FileHandle handle = files.session().open(RemotePath.of("/file"), mode).block(PATIENCE);
      handle.commit().then(handle.close()).block(PATIENCE);
      assertThat(Files.getPosixFilePermissions(root.resolve("file")))
          .isEqualTo(PermissionBits.toSet(0640));
    }
    Files.setPosixFilePermissions(root.resolve("file"), PermissionBits.toSet(0604));
    OpenMode again = OpenMode.write(WriteMode.replace()).withPermissions(0640);
    FileHandle handle = files.session().open(RemotePath.of("/file"), again).block(PATIENCE);
    handle.commit().then(handle.close()).block(PATIENCE);
    assertThat(Files.getPosixFilePermissions(root.resolve("file")))
        .isEqualTo(PermissionBits.toSet(0604));
  }

  @Test
  void aNewFileIsRefusedWhereALinkHasTheNameAndNothingIsMadeThroughIt() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), Path.of("nowhere"));
    for (boolean atomic : new boolean[] {true, false}) {
      OpenMode mode = OpenMode.write(new WriteMode.CreateNew(atomic));
      assertRefused(FileError.ALREADY_EXISTS, files.session().open(RemotePath.of("/link"), mode));
    }
    assertThat(root.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aTemporaryNameCanNeitherBeSeenNorReached() throws IOException {
    FileHandle handle = openToReplace("/file");
    String temporary = entries(root).get(0);

    assertThat(files.names("/")).isEmpty();
    assertRefused(FileError.NOT_FOUND, files.session().stat(RemotePath.of("/" + temporary)));
    assertRefused(FileError.NOT_FOUND, files.session().deleteFile(RemotePath.of("/" + temporary)));
    assertRefused(
        FileError.NOT_FOUND,
        files.session().rename(RemotePath.of("/" + temporary), RemotePath.of("/mine")));
    handle.close().block(PATIENCE);
  }

  @Test
  void whatACrashLeftBehindGoesWithItsDirectoryOnceItIsOld() throws IOException {
    Path directory = Files.createDirectory(root.resolve("directory"));
    Path left = Files.createFile(directory.resolve(TemporaryNames.next()));

    RemotePath path = RemotePath.of("/directory");
    assertRefused(FileError.DIRECTORY_NOT_EMPTY, files.session().deleteDirectory(path));
    Files.setLastModifiedTime(
        left, FileTime.from(Instant.now().minus(Leftovers.STALE_AFTER).minusSeconds(60)));
    files.session().deleteDirectory(path).block(PATIENCE);

    assertThat(entries(root)).isEmpty();
  }

  @Test
  void twoWhoCreateTheSameNewFileAreToldApart() {
    FileHandle one = open("/file", WriteMode.createNew());
    FileHandle two = open("/file", WriteMode.createNew());
    one.write(0, buffer("one")).block(PATIENCE);
    two.write(0, buffer("two")).block(PATIENCE);

    one.commit().block(PATIENCE);
    assertRefused(FileError.ALREADY_EXISTS, two.commit());
    one.close().block(PATIENCE);
    two.close().block(PATIENCE);

    assertThat(files.read("/file")).isEqualTo("one");
    assertThat(files.names("/")).containsExactly("file");
  }

  @Test
  void aPipeIsRefusedWithoutWaitingForItsOtherEnd() throws Exception {
    Path pipe = root.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    for (WriteMode mode : List.of(WriteMode.replace(), WriteMode.append(), WriteMode.at(0))) {
      assertRefused(FileError.NOT_A_FILE, files.write("/pipe", mode, "x"));
    }
    RemotePath path = RemotePath.of("/pipe");
    assertRefused(FileError.NOT_A_FILE, files.session().read(path, ByteRange.all()));
    assertRefused(FileError.NOT_A_FILE, files.session().open(path, OpenMode.READ));
    assertRefused(FileError.NOT_A_DIRECTORY, files.session().list(path));
    assertRefused(
        FileError.NOT_A_FILE,
        files.session().setAttributes(path, AttributeChange.none().withPermissions(0600)));
    assertThat(files.session().stat(path).block(PATIENCE).kind()).isEqualTo(FileKind.OTHER);
  }

  @Test
  @Conforms("FTP-140")
  void anEntryThatVanishesWhileListingIsLeftOut() throws IOException {
    Path directory = Files.createDirectory(root.resolve("directory"));
    for (int i = 0; i < 3 * LocalListing.BATCH; i++) {
      Files.createFile(directory.resolve("file" + i));
    }
    RemotePath path = RemotePath.of("/directory");

    StepVerifier.create(files.session().list(path), 0)
        .thenRequest(1)
        .expectNextCount(1)
        .then(() -> deleteAll(directory))
        .thenRequest(Long.MAX_VALUE)
        .thenConsumeWhile(entry -> true)
        .expectComplete()
        .verify(PATIENCE);
  }

  @Test
  void attributesTellWhatTheDiskKnows() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "content");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
    Files.createLink(root.resolve("second"), file);

    FileEntry entry = files.session().stat(RemotePath.of("/file")).block(PATIENCE);

    assertThat(entry.size()).isEqualTo(7);
    assertThat(entry.attributes().permissions()).isEqualTo(0651);
    assertThat(entry.attributes().links()).isEqualTo(2);
    assertThat(entry.attributes().owner()).isEqualTo(Files.getOwner(file).getName());
    assertThat(entry.attributes().group()).isNotBlank();
  }

  @Test
  void theIdentityOfAFileDoesNotTellItsInode() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "content");
    String inode = Files.getAttribute(file, "unix:ino").toString();

    String identity =
        files.session().stat(RemotePath.of("/file")).block(PATIENCE).attributes().identity();

    assertThat(identity).isNotBlank().doesNotContain(inode);
  }

  @Test
  void specialModeBitsAreNotSet() {
    files.put("/file", "x");

    assertRefused(
        FileError.UNSUPPORTED,
        files
            .session()
            .setAttributes(RemotePath.of("/file"), AttributeChange.none().withPermissions(04755)));
  }

  @Test
  void eachUserHasAHome() throws IOException {
    Files.createDirectory(root.resolve("one"));
    Files.createDirectory(root.resolve("two"));
    LocalStorage storage = LocalStorage.perUser(user -> root.resolve(user.name()));

    new LocalFixture(storage.open(Identity.of("one")).block(PATIENCE)).put("/file", "mine");

    assertThat(new LocalFixture(storage.open(Identity.of("two")).block(PATIENCE)).names("/"))
        .isEmpty();
    assertThat(files.read("/one/file")).isEqualTo("mine");
  }

  @Test
  void aRootThatIsMissingIsRefusedWithoutTellingWhereItWas() {
    LocalStorage storage = LocalStorage.at(root.resolve("missing"));

    assertThatThrownBy(() -> storage.open(Identity.of("user")).block(PATIENCE))
        .isInstanceOf(StorageUnavailable.class)
        .hasMessage(StorageUnavailable.TEXT);
  }

  @Test
  void uploadsAreForcedToTheDiskWhenToldTo() {
    LocalFixture forced = LocalFixture.of(LocalStorage.at(root).fsync(true));

    forced.put("/file", "kept");

    assertThat(forced.read("/file")).isEqualTo("kept");
  }

  @Test
  void closingTheSessionDiscardsOpenUploads() throws IOException {
    FileHandle handle = openToReplace("/file");
    handle.write(0, buffer("part")).block(PATIENCE);

    files.session().close().block(PATIENCE);

    assertThat(entries(root)).isEmpty();
    assertRefused(FileError.INTERRUPTED, handle.commit());
  }

  @Test
  void aFileMovedWhileOpenKeepsTellingOfItself() {
    files.put("/file", "content");
    RemotePath path = RemotePath.of("/file");
    FileHandle handle = files.session().open(path, OpenMode.READ).block(PATIENCE);

    files.session().rename(path, RemotePath.of("/moved")).block(PATIENCE);
    files.put("/file", "another file");

    assertThat(handle.stat().block(PATIENCE).size()).isEqualTo(7);
    handle.close().block(PATIENCE);
  }

  @Test
  void moreCallsThanTheSchedulerTakesAreRefused() throws InterruptedException {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
    Scheduler scheduler = Schedulers.fromExecutorService(one);
    files = LocalFixture.of(LocalStorage.at(root).ioScheduler(scheduler));
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    scheduler.schedule(
        () -> {
          started.countDown();
          awaitQuietly(busy);
        });
    awaitQuietly(started);
    scheduler.schedule(() -> {});

    StepVerifier.create(files.session().stat(RemotePath.root()))
        .expectError(LimitExceeded.class)
        .verify(PATIENCE);
    StepVerifier.create(files.session().read(RemotePath.of("/file"), ByteRange.all()))
        .expectError(LimitExceeded.class)
        .verify(PATIENCE);
    busy.countDown();
    scheduler.dispose();
    assertThat(one.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aBufferGivenToAWriteThatNeverRunsIsReleased() {
    FileHandle handle = openToReplace("/file");
    ByteBuf buffer = buffer("never written");

    StepVerifier.create(handle.write(0, buffer), 0).thenCancel().verify(PATIENCE);

    assertThat(buffer.refCnt()).isZero();
    handle.close().block(PATIENCE);
  }

  private FileHandle openToReplace(String path) {
    return open(path, WriteMode.replace());
  }

  private FileHandle open(String path, WriteMode mode) {
    return files.session().open(RemotePath.of(path), OpenMode.write(mode)).block(PATIENCE);
  }

  private static ByteBuf buffer(String content) {
    return ByteBufAllocator.DEFAULT.buffer().writeBytes(content.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private static void deleteAll(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      entries.forEach(entry -> entry.toFile().delete());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
