package dev.sluice.client.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.client.Contents;
import dev.sluice.client.inbox.InboxEvent.Claimed;
import dev.sluice.client.inbox.InboxEvent.Finished;
import dev.sluice.client.inbox.InboxEvent.Polled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Which files an inbox takes up, when, in which order, and what becomes of them. */
final class InboxTest {
  private static final Instant THEN = Instant.parse("2001-02-03T04:05:06Z");

  private final Box box = new Box();

  @Test
  void aFileIsHandedOverAndDeleted() {
    box.put("/in/a.csv", "1");
    box.run(box.inbox);

    assertThat(box.handled).containsExactly("a.csv=1");
    assertThat(box.names()).isEmpty();
    assertThat(box.events).hasSize(3);
    assertThat(box.events.subList(0, 2))
        .containsExactly(new Polled(1, 1), new Claimed(path("/in/a.csv"), 1, false));
    assertThat(box.events(Finished.class).get(0).attempts()).isEqualTo(1);
  }

  @Test
  void aFileThatGrowsIsTakenUpWhenItHasBeenTheSameForSoManyPolls() {
    box.put("/in/a.csv", "1");
    box.run(box.inbox.stableFor(2));
    box.poll();
    append("/in/a.csv", "2");
    box.poll();
    box.poll();
    assertThat(box.handled).isEmpty();

    box.poll();

    assertThat(box.handled).containsExactly("a.csv=12");
  }

  @Test
  void aFileWaitsForItsMarkerWhichGoesWithIt() {
    box.put("/in/a.csv", "1");
    box.put("/in/b.csv", "2");
    box.run(box.inbox.marker(".done"));
    assertThat(box.handled).isEmpty();

    box.put("/in/a.csv.done", "");
    box.poll();

    assertThat(box.handled).containsExactly("a.csv=1");
    assertThat(box.names()).containsExactly("/in/b.csv");
  }

  @Test
  void aMarkerOfAnEarlierFileDoesNotCountForTheNextOne() {
    box.put("/in/a.csv.done", "");
    touch("/in/a.csv.done", THEN);
    box.put("/in/a.csv", "half");
    touch("/in/a.csv", THEN.plusSeconds(1));
    box.run(box.inbox.marker(".done"));
    assertThat(box.handled).isEmpty();

    touch("/in/a.csv.done", THEN.plusSeconds(2));
    box.poll();

    assertThat(box.handled).containsExactly("a.csv=half");
  }

  @Test
  void aMarkerMayHaveAnyName() {
    box.put("/in/a.csv", "1");
    box.put("/in/READY-a.csv", "");
    box.run(box.inbox.ready(Ready.marker(name -> "READY-" + name)));

    assertThat(box.handled).containsExactly("a.csv=1");
    assertThat(box.names()).isEmpty();
  }

  @Test
  void filesComeInTheOrderThatWasAskedFor() {
    for (String name : List.of("b", "c", "a")) {
      box.put("/in/" + name, name);
    }
    touch("/in/c", THEN);
    touch("/in/a", THEN.plusSeconds(1));
    touch("/in/b", THEN.plusSeconds(2));
    Disposable oldest = box.run(box.inbox.done(Done.moveTo(path("/done"))).parallel(1));
    oldest.dispose();
    assertThat(box.handled).containsExactly("c=c", "a=a", "b=b");

    box.handled.clear();
    box.run(box.inbox.withDirectory(path("/done")).order(Order.NAME).parallel(1));
    assertThat(box.handled).containsExactly("a=a", "b=b", "c=c");
  }

  @Test
  void noMoreFilesAreTakenUpAfterAPollThanWasAskedFor() {
    for (int i = 0; i < 5; i++) {
      box.put("/in/" + i, "");
    }
    box.run(box.inbox.polling(polling -> polling.withMost(2)));

    assertThat(box.handled).hasSize(2);
    box.poll();
    assertThat(box.handled).hasSize(4);
  }

  @Test
  void noMoreFilesAreUnderWayThanAllowedAndNobodyLooksMeanwhile() {
    for (int i = 0; i < 5; i++) {
      box.put("/in/" + i, "");
    }
    Sinks.Empty<Void> gate = Sinks.empty();
    List<String> begun = new ArrayList<>();
    box.run(
        box.inbox.parallel(2),
        file -> Mono.defer(() -> begun.add(file.name()) ? gate.asMono() : Mono.empty()));
    box.poll();
    box.poll();
    assertThat(begun).hasSize(2);
    assertThat(box.tree.listings).hasValue(1);

    gate.tryEmitEmpty();

    assertThat(begun).hasSize(5);
    assertThat(box.names()).isEmpty();
  }

  @Test
  void onlyWhatTheFilterLetsThroughAndNoUnfinishedUploadIsTakenUp() {
    box.put("/in/a.csv", "1");
    box.put("/in/a.txt", "2");
    box.put("/in/b.csv.0123456789abcdef.part", "3");
    box.put("/in/c.csv.other.0123456789abcdef.claimed", "4");
    box.run(box.inbox.only("*.csv"));
    box.poll();

    assertThat(box.handled).containsExactly("a.csv=1");
    assertThat(box.names()).hasSize(3);
  }

  @Test
  void directoriesAreLookedIntoAsDeepAsAskedButNotWhereFilesGo() {
    box.put("/in/a/b/one.csv", "1");
    box.put("/in/a/b/c/two.csv", "2");
    box.put("/in/done/old.csv", "3");
    box.put("/in/three.csv", "4");
    box.run(box.inbox.only("*.csv").depth(3).done(Done.moveTo(path("/in/done"))));
    box.poll();

    assertThat(box.handled).containsExactlyInAnyOrder("one.csv=1", "three.csv=4");
    assertThat(box.names())
        .containsExactly(
            "/in/a/b/c/two.csv", "/in/done/a/b/one.csv", "/in/done/old.csv", "/in/done/three.csv");
  }

  @Test
  void aFileThatIsMovedReplacesNone() {
    box.put("/done/a.csv", "old");
    box.put("/in/a.csv", "new");
    box.run(box.inbox.done(Done.moveTo(path("/done"))));

    assertThat(box.text("/done/a.csv")).isEqualTo("old");
    RemotePath moved = box.events(Finished.class).get(0).movedTo();
    assertThat(moved.name()).matches("a\\.csv\\.[0-9a-f]{16}");
    assertThat(box.text(moved.toString())).isEqualTo("new");
  }

  @Test
  void aFileOfTheSameNameThatArrivesMeanwhileIsHandedOverAfterTheFirst() {
    Sinks.Empty<Void> gate = Sinks.empty();
    box.put("/in/a.csv", "first");
    box.run(
        box.inbox,
        file -> Box.text(file).doOnNext(box.handled::add).then(Mono.defer(gate::asMono)));
    box.put("/in/a.csv", "second");
    box.poll();
    assertThat(box.handled).containsExactly("first");

    gate.tryEmitEmpty();
    box.poll();

    assertThat(box.handled).containsExactly("first", "second");
    assertThat(box.names()).isEmpty();
  }

  @Test
  void namesOfAnyOctetsArrive() {
    List<String> names =
        List.of(
            "two words.csv",
            "a\nb.csv",
            RawName.decode(new byte[] {'x', (byte) 0xFF, (byte) 0xC3, 'y'}),
            "ü%2F.csv",
            "-rf");
    names.forEach(name -> Box.put(box.tree.inner(), Box.IN.child(name), "1"));
    box.run(box.inbox);

    assertThat(box.handled)
        .containsExactlyInAnyOrderElementsOf(names.stream().map(name -> name + "=1").toList());
    assertThat(box.names()).isEmpty();
  }

  @Test
  void pollsAndFilesWaitForASlowSubscriber() {
    box.put("/in/a.csv", "1");
    List<InboxEvent> seen = new ArrayList<>();
    BaseSubscriber<InboxEvent> slow =
        new BaseSubscriber<>() {
          @Override
          protected void hookOnSubscribe(Subscription subscription) {
            request(1);
          }

          @Override
          protected void hookOnNext(InboxEvent event) {
            seen.add(event);
          }
        };
    box.inbox.parallel(1).run(file -> Mono.empty()).subscribe(slow);
    for (int i = 0; i < 10; i++) {
      box.poll();
    }
    assertThat(seen).hasSize(1);
    assertThat(box.tree.listings.get()).isLessThanOrEqualTo(2);

    slow.request(Long.MAX_VALUE);
    box.poll();

    assertThat(seen.stream().filter(Finished.class::isInstance)).hasSize(1);
  }

  @Test
  void nothingHappensBeforeTheSubscriptionAndNothingAfterItsEnd() {
    var run = box.inbox.run(file -> Mono.empty());
    box.poll();
    assertThat(box.tree.listings).hasValue(0);

    Disposable running = run.subscribe();
    box.poll();
    running.dispose();
    box.put("/in/a.csv", "1");
    box.poll();

    assertThat(box.tree.listings).hasValue(2);
    assertThat(box.names()).containsExactly("/in/a.csv");
  }

  @Test
  void settingsThatWouldLoseFilesOrNeverEndAreRefused() {
    assertThatThrownBy(() -> box.inbox.done(Done.leave())).hasMessageContaining("Claims.stored");
    assertThatThrownBy(() -> box.inbox.done(Done.moveTo(Box.IN)))
        .hasMessageContaining("another directory");
    assertThatThrownBy(() -> box.inbox.failed(1, Box.IN)).hasMessageContaining("another directory");
    assertThatThrownBy(() -> Inbox.of(box.tree, Box.IN, "my.host"))
        .hasMessageContaining("my.host")
        .hasMessageContaining("1 to 64");
    assertThatThrownBy(() -> box.inbox.parallel(0)).hasMessageContaining("underWay: 0");
    assertThatThrownBy(() -> box.inbox.every(Duration.ZERO)).hasMessageContaining("at least 1 ms");
    assertThatThrownBy(() -> box.inbox.stableFor(-1)).hasMessageContaining("polls: -1");
    assertThatThrownBy(() -> box.inbox.marker("")).hasMessageContaining("another name");
    assertThatThrownBy(() -> box.inbox.depth(0)).hasMessageContaining("depth 0");
  }

  private void append(String path, String text) {
    box.tree
        .inner()
        .write(path(path), WriteMode.append(), Contents.of(text, StandardCharsets.UTF_8))
        .block(Box.PATIENCE);
  }

  private void touch(String path, Instant time) {
    box.tree
        .inner()
        .setAttributes(path(path), AttributeChange.none().withModified(time))
        .block(Box.PATIENCE);
  }

  private static RemotePath path(String text) {
    return RemotePath.of(text);
  }
}
