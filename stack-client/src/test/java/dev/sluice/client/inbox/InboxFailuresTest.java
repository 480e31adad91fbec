package dev.sluice.client.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.WriteMode;
import dev.sluice.client.Contents;
import dev.sluice.client.inbox.InboxEvent.AttemptFailed;
import dev.sluice.client.inbox.InboxEvent.Claimed;
import dev.sluice.client.inbox.InboxEvent.Finished;
import dev.sluice.client.inbox.InboxEvent.GaveUp;
import dev.sluice.client.inbox.InboxEvent.Passed;
import dev.sluice.client.inbox.InboxEvent.PollFailed;
import dev.sluice.client.inbox.InboxEvent.Step;
import dev.sluice.client.inbox.InboxEvent.Why;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What an inbox does when something fails: nothing is lost, and everything is reported. */
final class InboxFailuresTest {
  private static final RemotePath FILE = RemotePath.of("/in/a.csv");
  private static final int RACED = 300;

  private final Box box = new Box();

  @Test
  void aHandlerThatFailsIsAskedAgainAfterAWaitThatGrows() {
    box.put("/in/a.csv", "1");
    IllegalStateException why = new IllegalStateException("no");
    AtomicInteger attempts = new AtomicInteger();
    box.run(
        box.inbox.attempts(it -> it.withFirst(Duration.ofSeconds(1))),
        file -> attempts.incrementAndGet() < 3 ? Mono.error(why) : Mono.empty());
    box.time.advanceTimeBy(Duration.ofSeconds(3));

    assertThat(box.events(AttemptFailed.class))
        .containsExactly(
            new AttemptFailed(FILE, Step.HANDLER, 1, why, Duration.ofSeconds(1)),
            new AttemptFailed(FILE, Step.HANDLER, 2, why, Duration.ofSeconds(2)));
    assertThat(box.events(Finished.class).get(0).attempts()).isEqualTo(3);
    assertThat(box.names()).isEmpty();
  }

  @Test
  void aFileWhoseAttemptsHaveAllFailedIsMovedAside() {
    box.put("/in/a.csv", "1");
    box.put("/in/b.csv", "2");
    box.run(
        box.inbox.failed(2, RemotePath.of("/failed")),
        file -> {
          if (file.name().equals("a.csv")) {
            throw new IllegalStateException("no");
          }
          return Mono.empty();
        });
    box.poll();

    GaveUp gaveUp = box.events(GaveUp.class).get(0);
    assertThat(gaveUp.cause()).hasMessage("no");
    assertThat(gaveUp.attempts()).isEqualTo(2);
    assertThat(gaveUp.movedTo()).isEqualTo(RemotePath.of("/failed/a.csv"));
    assertThat(box.names()).containsExactly("/failed/a.csv");
  }

  @Test
  void aFileThatIsLeftAfterAllAttemptsIsTakenUpByTheNextRun() {
    box.put("/in/a.csv", "1");
    Disposable first =
        box.run(
            box.inbox.attempts(it -> it.withMost(1)),
            file -> Mono.error(new IllegalStateException("no")));
    box.poll();
    box.poll();
    assertThat(box.events(GaveUp.class)).hasSize(1);
    first.dispose();

    box.run(box.inbox);

    assertThat(box.handled).containsExactly("a.csv=1");
    assertThat(box.names()).isEmpty();
  }

  @Test
  void aFileIsOnlyDoneAfterItsHandlerAndOtherwiseHandedOverByTheNextRun() {
    box.put("/in/a.csv", "1");
    Disposable killed = box.run(box.inbox, file -> Mono.never());
    box.poll();
    killed.dispose();
    assertThat(box.names()).hasSize(1).first().asString().startsWith("/in/a.csv.one.");
    box.events.clear();

    box.run(
        box.inbox, file -> Mono.fromRunnable(() -> box.handled.add(file.name() + file.again())));

    assertThat(box.handled).containsExactly("a.csvtrue");
    assertThat(box.events(Claimed.class)).containsExactly(new Claimed(FILE, 1, true));
    assertThat(box.names()).isEmpty();
  }

  @Test
  void anotherConsumerDoesNotTakeWhatIsClaimed() {
    box.put("/in/a.csv", "1");
    box.run(box.inbox, file -> Mono.never());
    box.run(box.inbox.claims(Claims.rename("two")));
    box.poll();

    assertThat(box.handled).isEmpty();
  }

  @Test
  void aClaimWhoseAnswerGotLostIsTakenUpAtTheNextPoll() {
    box.put("/in/a.csv", "1");
    AtomicInteger renames = new AtomicInteger();
    box.tree.onRename =
        renaming ->
            renames.incrementAndGet() == 1
                ? renaming.then(Mono.error(new SessionClosed("cut")))
                : renaming;
    box.run(box.inbox);
    assertThat(box.events(AttemptFailed.class)).hasSize(1);
    assertThat(box.events(AttemptFailed.class).get(0).step()).isEqualTo(Step.CLAIM);

    box.poll();

    assertThat(box.handled).containsExactly("a.csv=1");
    assertThat(box.names()).isEmpty();
  }

  @Test
  void aFileThatVanishesBeforeItsClaimIsReported() {
    box.put("/in/a.csv", "1");
    box.tree.onList =
        listing ->
            listing.concatWith(
                Mono.defer(() -> box.tree.inner().deleteFile(FILE))
                    .onErrorComplete()
                    .then(Mono.empty()));
    box.run(box.inbox);

    assertThat(box.events(Passed.class)).containsExactly(new Passed(FILE, Why.GONE));
    box.poll();
    assertThat(box.events(Passed.class)).hasSize(1);
  }

  @Test
  void aFileThatChangesBetweenItsListingAndItsClaimWaits() {
    box.put("/in/a.csv", "1");
    AtomicInteger once = new AtomicInteger();
    box.tree.onRename =
        renaming -> once.getAndIncrement() == 0 ? append("2").then(renaming) : renaming;
    box.run(box.inbox.stableFor(1));
    box.poll();
    assertThat(box.events(Passed.class)).containsExactly(new Passed(FILE, Why.CHANGED));
    box.poll();
    assertThat(box.handled).isEmpty();

    box.poll();

    assertThat(box.handled).containsExactly("a.csv=12");
    assertThat(box.names()).isEmpty();
  }

  @Test
  void aPollThatFailsIsReportedAndTriedAgainAfterAWaitThatGrows() {
    SessionClosed why = new SessionClosed("cut");
    box.tree.onList = listing -> Flux.error(why);
    box.run(box.inbox);
    box.time.advanceTimeBy(Duration.ofSeconds(10));
    assertThat(box.events)
        .containsExactly(
            new PollFailed(why, 1, Duration.ofSeconds(10)),
            new PollFailed(why, 2, Duration.ofSeconds(20)));

    box.tree.onList = listing -> listing;
    box.put("/in/a.csv", "1");
    box.time.advanceTimeBy(Duration.ofSeconds(20));

    assertThat(box.handled).containsExactly("a.csv=1");
  }

  @Test
  void aFullDiskAtTheMoveIsWaitedForAndTheHandlerIsNotAskedAgain() {
    box.put("/in/a.csv", "1");
    FileFailure full = new FileFailure(FileError.NO_SPACE, "full");
    AtomicInteger renames = new AtomicInteger();
    box.tree.onRename =
        renaming -> {
          int number = renames.incrementAndGet();
          return number > 1 && number < 9 ? Mono.error(full) : renaming;
        };
    box.run(box.inbox.done(Done.moveTo(RemotePath.of("/done"))));
    for (int i = 0; i < 50; i++) {
      box.poll();
    }

    assertThat(box.handled).containsExactly("a.csv=1");
    assertThat(box.events(AttemptFailed.class))
        .hasSize(7)
        .allMatch(event -> event.step() == Step.DONE);
    assertThat(box.names()).containsExactly("/done/a.csv");
  }

  @Test
  void aMoveOrDeletionWhoseAnswerGotLostIsDone() {
    box.put("/in/a.csv", "1");
    AtomicInteger renames = new AtomicInteger();
    box.tree.onRename =
        renaming ->
            renames.incrementAndGet() == 2
                ? renaming.then(Mono.error(new SessionClosed("cut")))
                : renaming;
    AtomicInteger deletions = new AtomicInteger();
    box.tree.onDelete =
        deletion ->
            deletions.incrementAndGet() == 1
                ? deletion.then(Mono.error(new SessionClosed("cut")))
                : deletion;
    Disposable moving = box.run(box.inbox.done(Done.moveTo(RemotePath.of("/done"))));
    box.poll();
    moving.dispose();
    assertThat(box.names()).containsExactly("/done/a.csv");

    box.run(box.inbox.withDirectory(RemotePath.of("/done")));
    box.poll();

    assertThat(box.events(Finished.class)).hasSize(2);
    assertThat(box.names()).isEmpty();
  }

  @Test
  void ofTwoConsumersThatRaceOneGetsEachFile() throws InterruptedException {
    IntStream.range(0, RACED).forEach(i -> box.put("/in/" + i, "x"));
    ConcurrentHashMap<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    CountDownLatch all = new CountDownLatch(RACED);
    Inbox fast =
        box.inbox.timer(Schedulers.parallel()).every(Duration.ofMillis(1)).order(Order.NAME);
    Disposable[] running =
        Flux.just("one", "two")
            .map(
                name ->
                    fast.claims(Claims.rename(name))
                        .run(
                            file ->
                                Mono.fromRunnable(
                                    () -> {
                                      counts
                                          .computeIfAbsent(file.name(), it -> new AtomicInteger())
                                          .incrementAndGet();
                                      all.countDown();
                                    }))
                        .subscribeOn(Schedulers.boundedElastic())
                        .subscribe(box.events::add))
            .collectList()
            .block(Box.PATIENCE)
            .toArray(Disposable[]::new);
    assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
    for (Disposable each : running) {
      each.dispose();
    }

    assertThat(counts).hasSize(RACED).allSatisfy((name, count) -> assertThat(count).hasValue(1));
  }

  private Mono<Void> append(String text) {
    return box.tree
        .inner()
        .write(FILE, WriteMode.append(), Contents.of(text, StandardCharsets.UTF_8));
  }
}
