package dev.sluice.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.IncompleteListing;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WalkOptions;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.Contents;
import dev.sluice.client.transfer.TransferEvent.Deleted;
import dev.sluice.client.transfer.TransferEvent.DirectoryMade;
import dev.sluice.client.transfer.TransferEvent.Failed;
import dev.sluice.client.transfer.TransferEvent.FileDone;
import dev.sluice.client.transfer.TransferEvent.FileStarted;
import dev.sluice.client.transfer.TransferEvent.LeftOut;
import dev.sluice.client.transfer.TransferEvent.LinkMade;
import dev.sluice.client.transfer.TransferEvent.Reason;
import dev.sluice.client.transfer.TransferEvent.Same;
import dev.sluice.client.transfer.TransferEvent.Summary;
import dev.sluice.client.transfer.TransferEvent.Verified;
import dev.sluice.client.transfer.TransferEvent.Why;
import dev.sluice.storage.memory.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What a mirror copies, deletes and reports. */
final class MirrorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RemotePath ROOT = RemotePath.root();
  private static final Instant THEN = Instant.parse("2001-02-03T04:05:06Z");
  private static final Mirror ONE_WAY = Mirror.oneWay();

  private StorageSession from;
  private StorageSession to;

  @BeforeEach
  void open() {
    from = MemoryStorage.create().open(Identity.of("user")).block(PATIENCE);
    to = MemoryStorage.create().open(Identity.of("user")).block(PATIENCE);
  }

  @Test
  void everyFileAndDirectoryHasItsEventAndTheSummaryIsLast() {
    put(from, "/a/b/one", "1");
    put(from, "/two", "22");

    List<TransferEvent> events = mirror(ONE_WAY);

    assertThat(events)
        .contains(
            new DirectoryMade(path("/a")),
            new DirectoryMade(path("/a/b")),
            new FileStarted(path("/two"), 2, Reason.NEW));
    Summary summary = summary(events);
    assertThat(summary.moved()).isEqualTo(2);
    assertThat(summary.octets()).isEqualTo(3);
    assertThat(summary.isComplete()).isTrue();
    assertThat(text(to, "/a/b/one")).isEqualTo("1");
  }

  @Test
  void aSecondRunMovesNothing() {
    put(from, "/a/one", "1");
    put(from, "/two", "22");
    mirror(ONE_WAY);

    Summary summary = summary(mirror(ONE_WAY.delete()));

    assertThat(summary.moved()).isZero();
    assertThat(summary.deleted()).isZero();
    assertThat(summary.same()).isEqualTo(2);
  }

  @Test
  void theReasonSaysWhyAFileIsCopied() {
    put(from, "/newer", "1");
    put(to, "/newer", "2");
    age(to, "/newer");
    put(from, "/size", "333");
    put(to, "/size", "4");
    put(from, "/new", "5");

    List<TransferEvent> events = mirror(ONE_WAY);

    assertThat(reasons(events)).containsExactlyInAnyOrder("/newer NEWER", "/size SIZE", "/new NEW");
  }

  @Test
  void aChecksumFindsWhatSizeAndTimeDoNot() {
    put(from, "/file", "one");
    put(to, "/file", "two");

    assertThat(reasons(mirror(ONE_WAY.comparing(Mirror.Comparison.SIZE)))).isEmpty();
    assertThat(reasons(mirror(ONE_WAY.comparing(Mirror.Comparison.CHECKSUM))))
        .containsExactly("/file CHECKSUM");
    assertThat(text(to, "/file")).isEqualTo("one");
    assertThat(reasons(mirror(ONE_WAY.comparing(Mirror.Comparison.CHECKSUM)))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Deletion.When.class,
      names = {"BEFORE", "AFTER"})
  void whatOnlyTheTargetHasIsDeleted(Deletion.When when) {
    put(from, "/kept", "1");
    put(to, "/extra/deep/file", "2");
    put(to, "/file", "3");

    List<TransferEvent> events = mirror(ONE_WAY.delete(Deletion.NONE.withWhen(when)));

    assertThat(names(to)).containsExactly("/kept");
    assertThat(events)
        .contains(new Deleted(path("/extra/deep")), new Deleted(path("/extra/deep/file")));
    assertThat(summary(events).deleted()).isEqualTo(4);
  }

  @Test
  void nothingIsDeletedUnasked() {
    put(to, "/extra", "2");

    assertThat(summary(mirror(ONE_WAY)).deleted()).isZero();
    assertThat(names(to)).containsExactly("/extra");
  }

  @Test
  void aLinkIsDeletedAndNotWhatItLeadsTo() {
    put(to, "/kept/file", "1");
    put(from, "/kept/file", "1");
    to.createDirectory(path("/extra")).block(PATIENCE);
    to.createSymbolicLink(path("/extra/link"), "../kept").block(PATIENCE);

    mirror(ONE_WAY.delete());

    assertThat(names(to)).containsExactly("/kept", "/kept/file");
  }

  @ParameterizedTest
  @EnumSource(
      value = Deletion.When.class,
      names = {"BEFORE", "AFTER"})
  void nothingIsDeletedWhereAListingIsIncomplete(Deletion.When when) {
    put(from, "/d/kept", "1");
    put(to, "/d/extra", "2");
    put(to, "/gone", "3");
    Mirror how = ONE_WAY.delete(Deletion.NONE.withWhen(when));

    for (boolean source : new boolean[] {true, false}) {
      StorageSession left = source ? new Gap(from, path("/d")) : from;
      StorageSession right = source ? to : new Gap(to, path("/d"));
      List<TransferEvent> events = mirror(left, right, how);

      assertThat(names(to)).contains("/d/extra", "/d/kept");
      assertThat(failures(events)).hasSize(1).first().isInstanceOf(IncompleteListing.class);
    }
  }

  @Test
  void nothingIsDeletedWhereTheSourceCannotBeListed() {
    put(from, "/d/kept", "1");
    put(from, "/fine", "1");
    put(to, "/d/extra", "2");

    List<TransferEvent> events =
        mirror(new Failing(from, Set.of("list /d")), to, ONE_WAY.delete(Deletion.before()));

    assertThat(names(to)).containsExactly("/d", "/d/extra", "/fine");
    assertThat(failures(events)).hasSize(1);
  }

  @Test
  void aMissingSourceDeletesNothing() {
    put(to, "/d/extra", "2");

    List<TransferEvent> events =
        Transfers.mirror(from, path("/missing"), to, path("/d"), ONE_WAY.delete())
            .collectList()
            .block(PATIENCE);

    assertThat(names(to)).contains("/d/extra");
    assertThat(summary(events).failed()).isEqualTo(1);
  }

  @Test
  void whereSomethingFailedNothingIsDeletedAfterwards() {
    put(from, "/d/new", "1");
    put(to, "/d/old", "1");

    List<TransferEvent> events =
        mirror(from, new Failing(to, Set.of("open /d/new")), ONE_WAY.delete());

    assertThat(names(to)).containsExactly("/d", "/d/old");
    assertThat(events).contains(new LeftOut(path("/d/old"), Why.KEPT));
  }

  @Test
  void aCallThatFailsSpoilsNothingElse() {
    for (String call :
        List.of(
            "list /a",
            "open /a/f",
            "createDirectory /a",
            "deleteFile /x/f",
            "deleteDirectory /x")) {
      open();
      put(from, "/a/f", "1");
      put(from, "/b/f", "2");
      put(from, "/c", "3");
      put(to, "/x/f", "4");

      for (boolean source : new boolean[] {true, false}) {
        StorageSession left = source ? new Failing(from, Set.of(call)) : from;
        StorageSession right = source ? to : new Failing(to, Set.of(call));
        List<TransferEvent> events =
            mirror(left, right, ONE_WAY.delete(Deletion.before()).exclude("/none"));

        assertThat(text(to, "/b/f")).as(call).isEqualTo("2");
        assertThat(text(to, "/c")).as(call).isEqualTo("3");
        assertThat(summary(events).failed()).as(call).isLessThanOrEqualTo(1);
      }
      mirror(ONE_WAY.delete());
      assertThat(names(to)).as(call).containsExactly("/a", "/a/f", "/b", "/b/f", "/c");
    }
  }

  @Test
  void aDryRunReportsTheSameAndChangesNothing() {
    put(from, "/new/file", "1");
    put(from, "/changed", "333");
    put(to, "/changed", "4");
    put(to, "/extra/file", "5");
    Mirror how = ONE_WAY.delete(Deletion.before());
    List<String> before = names(to);

    List<String> dry = kinds(mirror(how.dry()));

    assertThat(names(to)).isEqualTo(before);
    assertThat(text(to, "/changed")).isEqualTo("4");
    assertThat(dry).containsExactlyInAnyOrderElementsOf(kinds(mirror(how)));
  }

  @Test
  void whatAFilterExcludesIsNeitherCopiedNorDeleted() {
    put(from, "/a.tmp", "1");
    put(from, "/cache/x", "1");
    put(from, "/file", "1");
    put(to, "/b.tmp", "1");
    put(to, "/old/c.tmp", "1");
    put(to, "/old/d", "1");

    List<TransferEvent> events = mirror(ONE_WAY.exclude("*.tmp").exclude("cache/").delete());

    assertThat(names(to)).containsExactly("/b.tmp", "/file", "/old", "/old/c.tmp");
    assertThat(summary(events).leftOut()).containsEntry(Why.FILTER, 4L);
    assertThat(summary(events).isComplete()).isTrue();
  }

  @Test
  void aMirrorGoesNoDeeperThanAsked() {
    put(from, "/a/b/c", "1");
    put(from, "/a/f", "1");

    List<TransferEvent> events = mirror(ONE_WAY.depth(2));

    assertThat(names(to)).containsExactly("/a", "/a/f");
    assertThat(events).contains(new LeftOut(path("/a/b"), Why.DEPTH));
  }

  @Test
  void linksAreCopiedWithTheirText() {
    from.createSymbolicLink(path("/link"), "nowhere").block(PATIENCE);
    from.createSymbolicLink(path("/other"), "elsewhere").block(PATIENCE);
    to.createSymbolicLink(path("/other"), "wrong").block(PATIENCE);
    Mirror how = ONE_WAY.links(Scope.Links.COPY);

    assertThat(mirror(how))
        .contains(
            new LinkMade(path("/link"), "nowhere"), new LinkMade(path("/other"), "elsewhere"));
    assertThat(mirror(how)).contains(new Same(path("/link"), 0), new Same(path("/other"), 0));
    assertThat(to.readLink(path("/other")).block(PATIENCE)).isEqualTo("elsewhere");
  }

  @Test
  void linksAreFollowedButNotInACircle() {
    put(from, "/d/file", "1");
    from.createSymbolicLink(path("/d/up"), "..").block(PATIENCE);
    from.createSymbolicLink(path("/d/self"), ".").block(PATIENCE);
    from.createSymbolicLink(path("/d/broken"), "nowhere").block(PATIENCE);
    from.createSymbolicLink(path("/to"), "d").block(PATIENCE);
    from.createSymbolicLink(path("/name"), "d/file").block(PATIENCE);

    List<TransferEvent> events = mirror(ONE_WAY.links(Scope.Links.FOLLOW));

    assertThat(names(to)).containsExactly("/d", "/d/file", "/name", "/to", "/to/file");
    assertThat(summary(events).leftOut()).containsEntry(Why.LINK, 6L);
    assertThat(summary(events).isComplete()).isTrue();
  }

  @Test
  void whatIsOfAnotherKindIsReplacedOnlyIfSomethingMayBeDeleted() {
    put(from, "/a", "1");
    put(from, "/b/file", "2");
    put(to, "/a/file", "3");
    put(to, "/b", "4");

    assertThat(summary(mirror(ONE_WAY)).failed()).isEqualTo(2);
    assertThat(names(to)).containsExactly("/a", "/a/file", "/b");
    assertThat(summary(mirror(ONE_WAY.delete())).failed()).isZero();
    assertThat(names(to)).containsExactly("/a", "/b", "/b/file");
  }

  @Test
  void aCopyThatWasComparedSaysSo() {
    put(from, "/file", "1");

    assertThat(mirror(ONE_WAY.verified()))
        .filteredOn(FileDone.class::isInstance)
        .extracting(event -> ((FileDone) event).verification())
        .containsExactly(Verified.VERIFIED);
  }

  @Test
  void aDirectoryIsNotCopiedIntoItself() {
    put(from, "/a/file", "1");

    List<TransferEvent> events =
        Transfers.mirror(from, path("/a"), from, path("/a/b"), ONE_WAY.delete())
            .collectList()
            .block(PATIENCE);

    assertThat(failures(events)).hasSize(1);
    assertThat(names(from)).containsExactly("/a", "/a/file");
  }

  @Test
  void eventsComeOnDemandAndNoEndIsLost() {
    for (int i = 0; i < 200; i++) {
      put(from, "/d" + i % 20 + "/f" + i, "x".repeat(i));
    }

    StepVerifier.create(
            Transfers.mirror(from, ROOT, to, ROOT, ONE_WAY)
                .filter(FileDone.class::isInstance)
                .limitRate(1),
            1)
        .expectNextCount(1)
        .thenRequest(Long.MAX_VALUE)
        .expectNextCount(199)
        .expectComplete()
        .verify(PATIENCE);
  }

  @Test
  void aLimitedMirrorLosesNothing() {
    put(from, "/file", "x".repeat(2000));

    Summary summary = summary(mirror(ONE_WAY.bandwidth(1 << 20)));

    assertThat(summary.octets()).isEqualTo(2000);
    assertThat(text(to, "/file")).hasSize(2000);
  }

  private List<TransferEvent> mirror(Mirror how) {
    return mirror(from, to, how);
  }

  private static List<TransferEvent> mirror(StorageSession left, StorageSession right, Mirror how) {
    return Transfers.mirror(left, ROOT, right, ROOT, how).collectList().block(PATIENCE);
  }

  private static Summary summary(List<TransferEvent> events) {
    return (Summary) events.get(events.size() - 1);
  }

  private static List<Throwable> failures(List<TransferEvent> events) {
    return events.stream()
        .filter(Failed.class::isInstance)
        .map(event -> ((Failed) event).cause())
        .toList();
  }

  private static List<String> reasons(List<TransferEvent> events) {
    return events.stream()
        .filter(FileDone.class::isInstance)
        .map(FileDone.class::cast)
        .map(done -> done.path() + " " + done.reason())
        .toList();
  }

  private static List<String> kinds(List<TransferEvent> events) {
    Predicate<TransferEvent> counted =
        event -> !(event instanceof TransferEvent.FileProgress || event instanceof Summary);
    return events.stream()
        .filter(counted)
        .map(
            event ->
                event instanceof FileDone done
                    ? "done " + done.path() + " " + done.octets() + " " + done.reason()
                    : event.toString())
        .toList();
  }

  private static void put(StorageSession tree, String file, String content) {
    RemotePath path = path(file);
    tree.createDirectories(path.parent())
        .then(tree.write(path, WriteMode.replace(), Contents.of(content, StandardCharsets.UTF_8)))
        .block(PATIENCE);
  }

  private static String text(StorageSession tree, String file) {
    return Contents.text(tree.read(path(file), ByteRange.all()), StandardCharsets.UTF_8, 1 << 20)
        .block(PATIENCE);
  }

  private static void age(StorageSession tree, String file) {
    tree.setAttributes(path(file), AttributeChange.none().withModified(THEN)).block(PATIENCE);
  }

  private static List<String> names(StorageSession tree) {
    return tree.walk(ROOT, WalkOptions.ALL)
        .map(entry -> entry.path().toString())
        .collectSortedList()
        .block(PATIENCE);
  }

  private static RemotePath path(String text) {
    return RemotePath.of(text);
  }

  /** Lists less of a directory than there is, and says so. */
  private record Gap(StorageSession inner, RemotePath where) implements ForwardingSession {
    @Override
    public Flux<FileEntry> list(RemotePath directory) {
      Flux<FileEntry> all = inner.list(directory);
      return directory.equals(where)
          ? all.concatWith(Flux.error(new IncompleteListing(directory, 1, "a strange line")))
          : all;
    }
  }

  /** Refuses these calls. */
  private record Failing(StorageSession inner, Set<String> calls) implements ForwardingSession {
    @Override
    public Flux<FileEntry> list(RemotePath directory) {
      return refused("list", directory).thenMany(inner.list(directory));
    }

    @Override
    public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
      return refused("open", file).then(inner.open(file, mode));
    }

    @Override
    public Mono<Void> createDirectory(RemotePath directory) {
      return refused("createDirectory", directory).then(inner.createDirectory(directory));
    }

    @Override
    public Mono<Void> deleteFile(RemotePath file) {
      return refused("deleteFile", file).then(inner.deleteFile(file));
    }

    @Override
    public Mono<Void> deleteDirectory(RemotePath directory) {
      return refused("deleteDirectory", directory).then(inner.deleteDirectory(directory));
    }

    private Mono<Void> refused(String verb, RemotePath path) {
      return calls.contains(verb + " " + path)
          ? Mono.error(new FileFailure(FileError.PERMISSION_DENIED, path, "refused by the test"))
          : Mono.empty();
    }
  }
}
