package dev.sluice.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.WalkOptions;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.Contents;
import dev.sluice.client.transfer.TransferEvent.Removed;
import dev.sluice.client.transfer.TransferEvent.Same;
import dev.sluice.client.transfer.TransferEvent.Summary;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Mirrors that go on after a cut, moves, and comparisons of trees. */
final class GoingOnTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RemotePath ROOT = RemotePath.root();
  private static final int LARGE = 4 << 20;

  @TempDir Path target;
  @TempDir Path elsewhere;
  private Path journal;
  private StorageSession from;
  private StorageSession to;

  @BeforeEach
  void open() {
    from = MemoryStorage.create().open(Identity.of("user")).block(PATIENCE);
    to = LocalStorage.at(target).open(Identity.of("user")).block(PATIENCE);
    journal = elsewhere.resolve("journal");
  }

  @AfterEach
  void close() {
    to.close().block(PATIENCE);
  }

  @Test
  void aLargeFileThatWasCutGoesOnUnderItsOwnName() {
    byte[] octets = octets(LARGE);
    put(from, "/large", octets);
    Cut cut = new Cut(from, LARGE / 2, to);
    Mirror how = Mirror.oneWay().journal(journal);

    assertThat(last(mirror(cut, to, how)).failed()).isEqualTo(1);
    assertThat(names(to)).hasSize(1).doesNotContain("/large");
    List<TransferEvent> events = mirror(from, to, how);

    assertThat(target.resolve("large")).hasBinaryContent(octets);
    assertThat(names(to)).containsExactly("/large");
    assertThat(last(events).octets()).isPositive().isLessThanOrEqualTo(LARGE / 4 * 3);
    assertThat(journal).doesNotExist();
  }

  @Test
  void thePartOfAFileThatIsStillToComeIsNotDeleted() {
    put(from, "/large", octets(LARGE));
    Mirror how = Mirror.oneWay().journal(journal).delete(Deletion.before());
    mirror(new Cut(from, LARGE / 2, to), to, how);

    assertThat(last(mirror(from, to, how)).octets()).isLessThan(LARGE);
  }

  @Test
  void whatIsFinishedIsNotComparedByContentAgain() {
    put(from, "/a", octets(1000));
    put(from, "/b", octets(2000));
    Mirror how = Mirror.oneWay().journal(journal).comparing(Mirror.Comparison.CHECKSUM);
    mirror(new Refusing(from, "/b"), to, how);
    Counting counting = new Counting(from, new AtomicLong());

    List<TransferEvent> events = mirror(counting, to, how);

    assertThat(events).contains(new Same(RemotePath.of("/a"), 1000));
    assertThat(counting.read()).hasValue(2000);
  }

  @Test
  void aFileThatHasChangedIsNotTakenForFinished() {
    put(from, "/a", octets(1000));
    put(from, "/b", octets(2000));
    Mirror how = Mirror.oneWay().journal(journal);
    mirror(new Refusing(from, "/b"), to, how);
    byte[] changed = octets(1001);
    put(from, "/a", changed);

    mirror(from, to, how);

    assertThat(target.resolve("a")).hasBinaryContent(changed);
  }

  @Test
  void aLineThatWasCutIsReportedAndNotBelieved() throws IOException {
    put(from, "/a", octets(1000));
    put(from, "/b", octets(2000));
    Mirror how = Mirror.oneWay().journal(journal).comparing(Mirror.Comparison.CHECKSUM);
    mirror(new Refusing(from, "/b"), to, how);
    byte[] whole = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(whole, whole.length - 5));
    Counting counting = new Counting(from, new AtomicLong());

    List<TransferEvent> events = mirror(counting, to, how);

    assertThat(events).first().isInstanceOf(TransferEvent.Remarked.class);
    assertThat(counting.read()).hasValue(3000);
    assertThat(last(events).isComplete()).isTrue();
  }

  @Test
  void aJournalOfAnotherJobIsRefused() throws IOException {
    put(from, "/a", octets(1000));
    Files.writeString(journal, "a letter to somebody\n", StandardOpenOption.CREATE_NEW);

    List<TransferEvent> events = mirror(from, to, Mirror.oneWay().journal(journal));

    assertThat(last(events).failed()).isEqualTo(1);
    assertThat(names(to)).isEmpty();
    assertThat(journal).hasContent("a letter to somebody\n");
  }

  @Test
  void aLargeFileMovesInSegments() {
    byte[] octets = octets(LARGE + 7);
    put(from, "/large", octets);
    Counting counting = new Counting(from, new AtomicLong(), new AtomicLong());

    List<TransferEvent> events = mirror(counting, to, Mirror.oneWay().segments(4));

    assertThat(target.resolve("large")).hasBinaryContent(octets);
    assertThat(names(to)).containsExactly("/large");
    assertThat(counting.reads()).hasValue(4);
    assertThat(last(events).octets()).isEqualTo(LARGE + 7);
    assertThat(last(mirror(from, to, Mirror.oneWay().segments(4))).same()).isEqualTo(1);
  }

  @Test
  void aSegmentThatIsCutLeavesNoFileWithHoles() {
    put(from, "/large", octets(LARGE));
    StorageSession cut = new CutAt(from, LARGE / 2);

    List<TransferEvent> events = mirror(cut, to, Mirror.oneWay().segments(4));

    assertThat(last(events).failed()).isEqualTo(1);
    assertThat(names(to)).isEmpty();
  }

  @Test
  void aMoveLeavesNothingBehindThatTheTargetHas() {
    put(from, "/in/a/b", octets(10));
    put(from, "/in/c", octets(20));
    put(from, "/in/d.tmp", octets(30));

    List<TransferEvent> events = move(from, "/in", to, "/out", Mirror.oneWay().exclude("*.tmp"));

    assertThat(names(to)).containsExactly("/out", "/out/a", "/out/a/b", "/out/c");
    assertThat(names(from)).containsExactly("/in", "/in/d.tmp");
    assertThat(events).contains(new Removed(RemotePath.of("/in/a/b")));
    move(from, "/in", to, "/out", Mirror.oneWay());
    assertThat(names(from)).isEmpty();
  }

  @Test
  void aFileIsMovedToAnotherName() {
    put(from, "/one", octets(10));

    List<TransferEvent> events = move(from, "/one", to, "/two", Mirror.oneWay());

    assertThat(names(to)).containsExactly("/two");
    assertThat(names(from)).isEmpty();
    assertThat(last(events).moved()).isEqualTo(1);
  }

  @Test
  void whatDiffersAfterTheCopyStaysAtTheSource() {
    put(from, "/in/a", octets(10));
    put(from, "/in/b", octets(20));
    put(to, "/out/a", new byte[10]);

    List<TransferEvent> events =
        move(from, "/in", to, "/out", Mirror.oneWay().comparing(Mirror.Comparison.SIZE));

    assertThat(names(from)).containsExactly("/in", "/in/a");
    assertThat(last(events).failed()).isEqualTo(1);
  }

  @Test
  void aDryMoveChangesNothing() {
    put(from, "/in/a", octets(10));

    assertThat(move(from, "/in", to, "/out", Mirror.oneWay().dry()))
        .contains(new Removed(RemotePath.of("/in/a")));
    assertThat(names(from)).containsExactly("/in", "/in/a");
    assertThat(names(to)).isEmpty();
  }

  @Test
  void aComparisonOfTreesFindsWhatDiffers() {
    put(from, "/d/same", octets(10));
    put(to, "/d/same", octets(10));
    put(from, "/other", octets(10));
    put(to, "/other", new byte[10]);
    put(from, "/missing", octets(10));
    put(to, "/extra", octets(10));
    put(to, "/left.tmp", octets(10));

    List<CheckEvent> events =
        Transfers.verify(from, ROOT, to, ROOT, Filter.all().exclude("*.tmp"))
            .collectList()
            .block(PATIENCE);

    assertThat(events)
        .contains(
            new CheckEvent.Verified(RemotePath.of("/d/same")),
            new CheckEvent.Mismatch(RemotePath.of("/other"), "other octets"),
            new CheckEvent.Missing(RemotePath.of("/missing")),
            new CheckEvent.Extra(RemotePath.of("/extra")))
        .hasSize(5);
    CheckEvent.Summary summary = (CheckEvent.Summary) events.get(4);
    assertThat(summary.isSame()).isFalse();
    assertThat(summary.verified()).isEqualTo(1);
  }

  @Test
  void whatCannotBeListedIsNotTakenForTheSame() {
    List<CheckEvent> events =
        Transfers.verify(from, RemotePath.of("/gone"), to, ROOT, Filter.all())
            .collectList()
            .block(PATIENCE);

    assertThat(events).first().isInstanceOf(CheckEvent.Unsupported.class);
    assertThat(((CheckEvent.Summary) events.get(1)).isSame()).isFalse();
  }

  private static List<TransferEvent> mirror(StorageSession left, StorageSession right, Mirror how) {
    return Transfers.mirror(left, ROOT, right, ROOT, how).collectList().block(PATIENCE);
  }

  private static List<TransferEvent> move(
      StorageSession left, String source, StorageSession right, String place, Mirror how) {
    return Transfers.move(left, RemotePath.of(source), right, RemotePath.of(place), how)
        .collectList()
        .block(PATIENCE);
  }

  private static Summary last(List<TransferEvent> events) {
    return (Summary) events.get(events.size() - 1);
  }

  private static byte[] octets(int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    return octets;
  }

  private static void put(StorageSession tree, String file, byte[] content) {
    RemotePath path = RemotePath.of(file);
    tree.createDirectories(path.parent())
        .then(tree.write(path, WriteMode.replace(), Contents.of(content)))
        .block(PATIENCE);
  }

  private static List<String> names(StorageSession tree) {
    return tree.walk(ROOT, WalkOptions.ALL)
        .map(FileEntry::path)
        .map(RemotePath::toString)
        .collectSortedList()
        .block(PATIENCE);
  }

  /** Ends in the middle of a file, when the target has the octets before. */
  private record Cut(StorageSession inner, long after, StorageSession target)
      implements ForwardingSession {
    @Override
    public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
      return inner
          .read(file, ByteRange.of(0, after))
          .concatWith(arrived().then(Mono.error(() -> new SessionClosed("cut by the test"))));
    }

    private Mono<Void> arrived() {
      return target
          .list(ROOT)
          .filter(entry -> entry.size() >= after / 2)
          .next()
          .repeatWhenEmpty(500, rounds -> rounds.delayElements(Duration.ofMillis(10)))
          .then();
    }
  }

  /** Ends the segment that begins here. */
  private record CutAt(StorageSession inner, long start) implements ForwardingSession {
    @Override
    public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
      return range.start() == start
          ? inner.read(file, ByteRange.of(start, 1000))
          : inner.read(file, range);
    }
  }

  /** Does not let a file be read. */
  private record Refusing(StorageSession inner, String refused) implements ForwardingSession {
    @Override
    public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
      return file.toString().equals(refused)
          ? Flux.error(new FileFailure(FileError.PERMISSION_DENIED, file, "refused by the test"))
          : inner.read(file, range);
    }
  }

  /** Counts the octets that are read. */
  private record Counting(StorageSession inner, AtomicLong read, AtomicLong reads)
      implements ForwardingSession {
    Counting(StorageSession inner, AtomicLong read) {
      this(inner, read, new AtomicLong());
    }

    @Override
    public Set<Capability> capabilities() {
      Set<Capability> all = EnumSet.copyOf(inner.capabilities());
      all.remove(Capability.CHECKSUM);
      return all;
    }

    @Override
    public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
      reads.incrementAndGet();
      return inner.read(file, range).doOnNext(buffer -> read.addAndGet(buffer.readableBytes()));
    }
  }
}
