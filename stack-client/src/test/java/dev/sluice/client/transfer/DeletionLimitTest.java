package dev.sluice.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WalkOptions;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.Contents;
import dev.sluice.client.transfer.TransferEvent.Deleted;
import dev.sluice.client.transfer.TransferEvent.Failed;
import dev.sluice.client.transfer.TransferEvent.Summary;
import dev.sluice.storage.memory.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A limit counts what a whole mirror would delete, and is known before anything is deleted. */
final class DeletionLimitTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private StorageSession from;
  private StorageSession to;

  @BeforeEach
  void open() {
    from = MemoryStorage.create().open(Identity.of("user")).block(PATIENCE);
    to = MemoryStorage.create().open(Identity.of("user")).block(PATIENCE);
    for (int i = 0; i < 3; i++) {
      put(from, "/d" + i + "/new", "new");
      put(to, "/d" + i + "/extra", "x");
    }
    put(to, "/gone/a", "x");
  }

  @ParameterizedTest
  @EnumSource(
      value = Deletion.When.class,
      names = {"BEFORE", "AFTER"})
  void beyondItNothingAtAllIsDeletedAndTheRestIsCopied(Deletion.When when) {
    List<TransferEvent> events = mirror(Deletion.NONE.withWhen(when).atMost(4));

    assertThat(failures(events))
        .singleElement()
        .isInstanceOf(LimitExceeded.class)
        .extracting(Throwable::getMessage)
        .asString()
        .startsWith("5 entries would be deleted, more than the 4 ");
    assertThat(summary(events).deleted()).isZero();
    assertThat(names(to)).contains("/gone/a", "/d0/extra", "/d1/extra", "/d2/extra");
    assertThat(names(to)).contains("/d0/new", "/d1/new", "/d2/new");
  }

  @ParameterizedTest
  @EnumSource(
      value = Deletion.When.class,
      names = {"BEFORE", "AFTER"})
  void upToItEverythingIsDeleted(Deletion.When when) {
    List<TransferEvent> events = mirror(Deletion.NONE.withWhen(when).atMost(5));

    assertThat(failures(events)).isEmpty();
    assertThat(summary(events).deleted()).isEqualTo(5);
    assertThat(names(to)).isEqualTo(names(from));
  }

  @ParameterizedTest
  @EnumSource(
      value = Deletion.When.class,
      names = {"BEFORE", "AFTER"})
  void whatIsReplacedBySomethingOfAnotherKindCounts(Deletion.When when) {
    put(from, "/d0/extra/inside", "y");

    List<TransferEvent> events = mirror(Deletion.NONE.withWhen(when).atMost(4));

    assertThat(events).noneMatch(Deleted.class::isInstance);
    assertThat(failures(events)).hasAtLeastOneElementOfType(LimitExceeded.class);
    assertThat(names(to)).contains("/d0/extra");
  }

  @ParameterizedTest
  @EnumSource(
      value = Deletion.When.class,
      names = {"BEFORE", "AFTER"})
  void aDryRunSaysTheSame(Deletion.When when) {
    Mirror how = Mirror.oneWay().delete(Deletion.NONE.withWhen(when).atMost(4)).dry();

    assertThat(failures(mirror(how))).singleElement().isInstanceOf(LimitExceeded.class);
    assertThat(failures(mirror(how.delete(how.deletion().atMost(5))))).isEmpty();
    assertThat(names(to)).doesNotContain("/d0/new").contains("/gone/a");
  }

  private List<TransferEvent> mirror(Deletion deletion) {
    return mirror(Mirror.oneWay().delete(deletion));
  }

  private List<TransferEvent> mirror(Mirror how) {
    return Transfers.mirror(from, RemotePath.root(), to, RemotePath.root(), how)
        .collectList()
        .block(PATIENCE);
  }

  private static void put(StorageSession tree, String file, String content) {
    RemotePath path = RemotePath.of(file);
    tree.createDirectories(path.parent()).block(PATIENCE);
    tree.write(path, WriteMode.replace(), Contents.of(content, StandardCharsets.UTF_8))
        .block(PATIENCE);
    assertThat(Contents.bytes(tree.read(path, ByteRange.all()), 100).block(PATIENCE)).isNotEmpty();
  }

  private static List<String> names(StorageSession tree) {
    return tree.walk(RemotePath.root(), WalkOptions.ALL)
        .map(FileEntry::path)
        .map(RemotePath::toString)
        .sort()
        .collectList()
        .block(PATIENCE);
  }

  private static List<Throwable> failures(List<TransferEvent> events) {
    return events.stream()
        .filter(Failed.class::isInstance)
        .map(event -> ((Failed) event).cause())
        .toList();
  }

  private static Summary summary(List<TransferEvent> events) {
    return (Summary) events.get(events.size() - 1);
  }
}
