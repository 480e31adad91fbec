package dev.sluice.storage.decorate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.Right;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.RightsStorage;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class DecoratorsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Identity USER = Identity.of("user");
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final RemotePath NEW = RemotePath.of("/new");
  private static final RemotePath DIRECTORY = RemotePath.of("/directory");

  private final Storage storage = MemoryStorage.create();
  private StorageSession plain;

  @BeforeEach
  void plant() {
    plain = open(storage);
    write(plain, FILE, WriteMode.replace(), 100).block(PATIENCE);
    plain.createDirectory(DIRECTORY).block(PATIENCE);
  }

  @Test
  void aReadOnlyStorageTakesNoChange() {
    StorageSession session = open(ReadOnlyStorage.of(storage));

    for (Publisher<?> change : changes(session)) {
      assertRefused(FileError.READ_ONLY, change);
    }
    assertThat(names(session)).containsExactly("directory", "file");
    assertThat(session.read(FILE, ByteRange.all()).map(DecoratorsTest::size).blockLast(PATIENCE))
        .isEqualTo(100);
  }

  @Test
  void aUserWithoutRightsMayOnlyAskWhatIsThere() {
    StorageSession session = withRights();

    for (Publisher<?> change : changes(session)) {
      assertRefused(FileError.PERMISSION_DENIED, change);
    }
    assertRefused(FileError.PERMISSION_DENIED, session.list(RemotePath.root()));
    assertRefused(FileError.PERMISSION_DENIED, session.read(FILE, ByteRange.all()));
    assertRefused(FileError.PERMISSION_DENIED, session.open(FILE, OpenMode.READ));
    assertRefused(
        FileError.PERMISSION_DENIED,
        session.checksum(FILE, ChecksumAlgorithm.MD5, ByteRange.all()));
    assertThat(session.stat(FILE).block(PATIENCE).size()).isEqualTo(100);
  }

  @Test
  void whoMayCreateButNotOverwriteCreates() {
    StorageSession session = withRights(Right.CREATE);

    write(session, NEW, WriteMode.replace(), 5).block(PATIENCE);
    assertRefused(FileError.PERMISSION_DENIED, write(session, FILE, WriteMode.replace(), 5));
    assertRefused(FileError.PERMISSION_DENIED, write(session, FILE, WriteMode.append(), 5));
    assertRefused(FileError.PERMISSION_DENIED, write(session, FILE, WriteMode.at(10), 5));
    assertRefused(FileError.ALREADY_EXISTS, write(session, FILE, WriteMode.createNew(), 5));
    assertRefused(
        FileError.PERMISSION_DENIED, session.open(FILE, OpenMode.write(WriteMode.replace())));

    assertThat(plain.stat(FILE).block(PATIENCE).size()).isEqualTo(100);
    assertThat(plain.stat(NEW).block(PATIENCE).size()).isEqualTo(5);
  }

  @Test
  void whoMayOverwriteButNotCreateOverwrites() {
    StorageSession session = withRights(Right.OVERWRITE, Right.APPEND);

    write(session, FILE, WriteMode.replace(), 5).block(PATIENCE);
    write(session, FILE, WriteMode.append(), 5).block(PATIENCE);
    assertRefused(FileError.PERMISSION_DENIED, write(session, NEW, WriteMode.replace(), 5));
    assertRefused(FileError.PERMISSION_DENIED, write(session, NEW, WriteMode.append(), 5));

    assertThat(plain.stat(FILE).block(PATIENCE).size()).isEqualTo(10);
    assertThat(names(plain)).containsExactly("directory", "file");
  }

  @Test
  void whoMayRenameButNotOverwriteReplacesNothing() {
    StorageSession session = withRights(Right.RENAME);
    write(plain, NEW, WriteMode.replace(), 5).block(PATIENCE);

    assertRefused(FileError.PERMISSION_DENIED, session.rename(NEW, FILE));
    session.rename(NEW, RemotePath.of("/newer")).block(PATIENCE);

    assertThat(names(plain)).containsExactly("directory", "file", "newer");
  }

  @Test
  @Conforms("FTP-055")
  void aLinkOutOfTheJailReadsAsMissing() {
    StorageSession session = open(JailedStorage.of(storage, DIRECTORY));
    for (String target : List.of("../file", "/file", "../../file", "/", "..", "../missing")) {
      RemotePath link = DIRECTORY.child("link");
      plain.createSymbolicLink(link, target).block(PATIENCE);

      RemotePath inside = RemotePath.of("/link");
      assertThat(refusal(session.stat(inside)))
          .hasMessage("NOT_FOUND: /link: no such file or directory");
      assertRefused(FileError.NOT_FOUND, session.read(inside, ByteRange.all()));
      assertRefused(FileError.NOT_FOUND, write(session, inside, WriteMode.replace(), 1));
      assertRefused(FileError.PERMISSION_DENIED, session.readLink(inside));
      plain.deleteFile(link).block(PATIENCE);
    }
    assertThat(plain.stat(FILE).block(PATIENCE).size()).isEqualTo(100);
  }

  @Test
  @Conforms("FTP-055")
  void dotsDoNotLeaveTheJail() {
    StorageSession session = open(JailedStorage.of(storage, DIRECTORY));

    assertRefused(FileError.NOT_FOUND, session.stat(RemotePath.of("/../file")));
    assertRefused(FileError.PERMISSION_DENIED, session.createSymbolicLink(NEW, "../file"));
    assertThat(names(session)).isEmpty();
  }

  @Test
  void theRootOfTheJailStays() {
    StorageSession session = open(JailedStorage.of(storage, DIRECTORY));

    assertRefused(FileError.PERMISSION_DENIED, session.deleteDirectory(RemotePath.root()));
    assertRefused(FileError.PERMISSION_DENIED, session.rename(RemotePath.root(), NEW));
    assertThat(names(plain)).containsExactly("directory", "file");
  }

  @Test
  void refusalsInTheJailDoNotTellWhereItIs() {
    StorageSession session = open(JailedStorage.of(storage, DIRECTORY));

    assertThat(refusal(session.deleteFile(NEW)).getMessage()).doesNotContain("directory/new");
  }

  @Test
  void whatPassesTheQuotaIsRefusedAndDoesNotCount() {
    StorageSession session = open(QuotaStorage.of(storage, 1000));

    for (int i = 0; i < 3; i++) {
      assertRefused(FileError.QUOTA_EXCEEDED, write(session, NEW, WriteMode.replace(), 901));
    }
    write(session, NEW, WriteMode.replace(), 900).block(PATIENCE);

    assertThat(free(session)).isZero();
    assertRefused(FileError.QUOTA_EXCEEDED, write(session, FILE, WriteMode.append(), 1));
  }

  @Test
  void whatIsDeletedReplacedOrCutCountsNoMore() {
    StorageSession session = open(QuotaStorage.of(storage, 1000));
    write(session, NEW, WriteMode.replace(), 500).block(PATIENCE);
    assertThat(free(session)).isEqualTo(400);

    write(session, NEW, WriteMode.replace(), 100).block(PATIENCE);
    assertThat(free(session)).isEqualTo(800);
    session.setAttributes(NEW, AttributeChange.none().withSize(50)).block(PATIENCE);
    assertThat(free(session)).isEqualTo(850);
    session.rename(NEW, FILE).block(PATIENCE);
    assertThat(free(session)).isEqualTo(950);
    session.deleteFile(FILE).block(PATIENCE);
    assertThat(free(session)).isEqualTo(1000);
  }

  @Test
  void copiesAndExtensionsCount() {
    StorageSession session = open(QuotaStorage.of(storage, 150));

    assertRefused(FileError.QUOTA_EXCEEDED, session.copy(FILE, NEW));
    assertRefused(
        FileError.QUOTA_EXCEEDED,
        session.setAttributes(FILE, AttributeChange.none().withSize(151)));
    assertThat(free(session)).isEqualTo(50);
    assertThat(names(session)).containsExactly("directory", "file");
  }

  @Test
  void anOpenFileCountsAsItGrows() {
    StorageSession session = open(QuotaStorage.of(storage, 1000));
    FileHandle handle = session.open(NEW, OpenMode.write(WriteMode.replace())).block(PATIENCE);

    handle.write(0, octets(800)).block(PATIENCE);
    handle.write(0, octets(800)).block(PATIENCE);
    assertRefused(FileError.QUOTA_EXCEEDED, handle.write(800, octets(101)));
    assertThat(free(session)).isEqualTo(100);
    handle.close().block(PATIENCE);

    assertThat(free(session)).isEqualTo(900);
  }

  @Test
  void sessionsShareTheQuotaOfTheirTree() {
    QuotaStorage shared = QuotaStorage.of(storage, 1000);
    StorageSession one = open(shared);
    StorageSession two = open(shared);
    write(one, NEW, WriteMode.replace(), 600).block(PATIENCE);

    assertRefused(
        FileError.QUOTA_EXCEEDED, write(two, RemotePath.of("/x"), WriteMode.replace(), 600));
    one.close().block(PATIENCE);
    two.close().block(PATIENCE);
    assertThat(free(open(shared))).isEqualTo(300);
  }

  private StorageSession withRights(Right... rights) {
    return RightsStorage.of(storage).open(USER.withRights(Set.of(rights))).block(PATIENCE);
  }

  private static StorageSession open(Storage storage) {
    return storage.open(USER).block(PATIENCE);
  }

  private static List<Publisher<?>> changes(StorageSession session) {
    return List.of(
        write(session, FILE, WriteMode.replace(), 1),
        write(session, FILE, new WriteMode.Replace(false), 1),
        write(session, FILE, WriteMode.append(), 1),
        write(session, FILE, WriteMode.at(0), 1),
        write(session, NEW, WriteMode.createNew(), 1),
        write(session, NEW, WriteMode.replace(), 1),
        session.open(FILE, OpenMode.write(WriteMode.append())),
        session.open(FILE, OpenMode.readWrite(WriteMode.at(0))),
        session.createDirectory(NEW),
        session.deleteFile(FILE),
        session.deleteDirectory(DIRECTORY),
        session.rename(FILE, NEW),
        session.setAttributes(FILE, AttributeChange.none().withPermissions(0777)),
        session.setAttributes(FILE, AttributeChange.none().withSize(0)),
        session.createSymbolicLink(NEW, "file"),
        session.createHardLink(NEW, FILE),
        session.copy(FILE, NEW));
  }

  private static Mono<Void> write(
      StorageSession session, RemotePath path, WriteMode mode, int length) {
    return session.write(path, mode, Flux.defer(() -> Flux.just(octets(length))));
  }

  private static ByteBuf octets(int length) {
    return ByteBufAllocator.DEFAULT.buffer().writeZero(length);
  }

  private static int size(ByteBuf buffer) {
    int size = buffer.readableBytes();
    buffer.release();
    return size;
  }

  private static long free(StorageSession session) {
    return session.space(RemotePath.root()).block(PATIENCE).free();
  }

  private static List<String> names(StorageSession session) {
    return session.list(RemotePath.root()).map(FileEntry::name).collectSortedList().block(PATIENCE);
  }

  private static FileFailure refusal(Publisher<?> operation) {
    return catchThrowableOfType(FileFailure.class, () -> Flux.from(operation).blockLast(PATIENCE));
  }

  private static void assertRefused(FileError expected, Publisher<?> operation) {
    FileFailure refusal = refusal(operation);
    assertThat(refusal).as("refusal").isNotNull();
    assertThat(refusal.error()).as(refusal.getMessage()).isEqualTo(expected);
  }
}
