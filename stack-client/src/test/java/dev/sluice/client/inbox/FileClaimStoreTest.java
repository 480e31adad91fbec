package dev.sluice.client.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RemotePath;
import dev.sluice.client.inbox.ClaimStore.Answer;
import dev.sluice.client.inbox.InboxEvent.Finished;
import dev.sluice.client.inbox.InboxEvent.Passed;
import dev.sluice.client.inbox.InboxEvent.Why;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What a store of claims in a file remembers, and an inbox with it. */
final class FileClaimStoreTest {
  private static final Duration LEASE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final AtomicLong nanos = new AtomicLong();
  private Path file;
  private FileClaimStore store;

  @BeforeEach
  void open() {
    file = directory.resolve("claims");
    store = opened(100);
  }

  @AfterEach
  void close() {
    store.close().block(Box.PATIENCE);
  }

  @Test
  void aClaimKeepsOthersOutUntilItsLeaseEnds() {
    assertThat(claim("a", "one")).isEqualTo(Answer.CLAIMED);
    assertThat(claim("a", "one")).isEqualTo(Answer.CLAIMED);
    assertThat(claim("a", "two")).isEqualTo(Answer.HELD);
    nanos.addAndGet(LEASE.toNanos() - 1);
    assertThat(store.renew("a", "one", LEASE).block()).isTrue();
    nanos.addAndGet(LEASE.toNanos() - 1);
    assertThat(claim("a", "two")).isEqualTo(Answer.HELD);

    nanos.addAndGet(1);

    assertThat(claim("a", "two")).isEqualTo(Answer.CLAIMED);
    assertThat(store.renew("a", "one", LEASE).block()).isFalse();
  }

  @Test
  void whatIsFinishedStaysSoAndClaimsEndWithTheProcess() {
    claim("a", "one");
    claim("b", "one");
    store.finish("a", "one").block(Box.PATIENCE);

    reopen(100);

    assertThat(claim("a", "one")).isEqualTo(Answer.FINISHED);
    assertThat(claim("b", "two")).isEqualTo(Answer.CLAIMED);
  }

  @Test
  void whatIsReleasedMayBeClaimedAgain() {
    claim("a", "one");
    store.finish("a", "one").block(Box.PATIENCE);
    store.release("a", "one").block(Box.PATIENCE);
    reopen(100);

    assertThat(claim("a", "two")).isEqualTo(Answer.CLAIMED);
    store.release("a", "one").block(Box.PATIENCE);
    assertThat(claim("a", "three")).isEqualTo(Answer.HELD);
  }

  @Test
  void aLineThatACrashHasCutIsLeftOutAndTheNextOnesAreNot() throws IOException {
    store.finish("a", "one").block(Box.PATIENCE);
    store.finish("b", "one").block(Box.PATIENCE);
    store.close().block(Box.PATIENCE);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 5));

    reopen(100);
    assertThat(claim("b", "one")).isEqualTo(Answer.CLAIMED);
    store.finish("c", "one").block(Box.PATIENCE);
    reopen(100);

    assertThat(claim("a", "one")).isEqualTo(Answer.FINISHED);
    assertThat(claim("c", "one")).isEqualTo(Answer.FINISHED);
  }

  @Test
  void theFileIsWrittenAnewWhenMostOfItIsOutOfDate() throws IOException {
    store.finish("kept", "one").block(Box.PATIENCE);
    for (int i = 0; i < 2000; i++) {
      store.finish("x" + i, "one").then(store.release("x" + i, "one")).block(Box.PATIENCE);
    }

    assertThat(Files.size(file)).isLessThan(50_000);
    reopen(100);
    assertThat(store.size()).isEqualTo(1);
    assertThat(claim("kept", "one")).isEqualTo(Answer.FINISHED);
  }

  @Test
  void thoseThatNobodyHasAskedAboutMakeRoomAndOthersDoNot() {
    for (String key : new String[] {"a", "b", "c"}) {
      store.finish(key, "one").block(Box.PATIENCE);
    }
    reopen(3);
    assertThat(claim("a", "one")).isEqualTo(Answer.FINISHED);
    for (String key : new String[] {"d", "e"}) {
      assertThat(claim(key, "one")).isEqualTo(Answer.CLAIMED);
      store.finish(key, "one").block(Box.PATIENCE);
    }

    assertThat(claim("a", "one")).isEqualTo(Answer.FINISHED);
    assertThatThrownBy(() -> claim("f", "one"))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("3 files");
    assertThat(store.size()).isEqualTo(3);
  }

  @Test
  void aFileInUseAndAFileOfSomebodyElseAreRefused() throws IOException {
    assertThatThrownBy(() -> opened(100)).hasMessageContaining("is in use");
    Path other = directory.resolve("letter");
    Files.writeString(other, "Dear store, this is no store.\n", StandardOpenOption.CREATE);

    assertThatThrownBy(() -> FileClaimStore.open(other).block(Box.PATIENCE))
        .hasMessageContaining("is no store of claims");
    assertThat(other).content().startsWith("Dear");
  }

  @Test
  void anInboxLeavesFilesAndHandsThemOverOnceUntilTheyChange() throws InterruptedException {
    Box box = new Box();
    box.put("/in/a.csv", "1");
    Inbox inbox =
        box.inbox
            .timer(Schedulers.parallel())
            .every(Duration.ofMillis(1))
            .claims(Claims.stored(store, "one"))
            .done(Done.leave());
    events(inbox, box, 1);
    assertThat(box.handled).containsExactly("a.csv=1");
    assertThat(box.names()).containsExactly("/in/a.csv");

    reopen(100);
    box.put("/in/b.csv", "2");
    events(inbox.claims(Claims.stored(store, "two")), box, 2);
    assertThat(box.handled).containsExactly("a.csv=1", "b.csv=2");

    box.put("/in/a.csv", "other");
    events(inbox.claims(Claims.stored(store, "two")), box, 3);
    assertThat(box.handled).containsExactly("a.csv=1", "b.csv=2", "a.csv=other");
  }

  @Test
  void anInboxPassesByWhatAnotherHasClaimedAndTakesItOverWhenTheLeaseEnds() {
    Box box = new Box();
    box.put("/in/a.csv", "1");
    Inbox stored = box.inbox.claims(Claims.stored(store, "one"));
    box.run(stored, file -> Mono.never()).dispose(); // its process dies
    box.run(box.inbox.claims(Claims.stored(store, "two")).done(Done.leave()));
    assertThat(box.events(Passed.class))
        .containsExactly(new Passed(RemotePath.of("/in/a.csv"), Why.HELD));

    nanos.addAndGet(LEASE.toNanos());
    box.poll();

    assertThat(box.handled).containsExactly("a.csv=1");
  }

  @Test
  void aConsumerThatHasLostItsClaimStopsItsHandlerAndLeavesTheFile() {
    Box box = new Box();
    box.put("/in/a.csv", "1");
    box.run(box.inbox.claims(Claims.stored(store, "one")), file -> Mono.never());
    nanos.addAndGet(LEASE.toNanos());
    assertThat(claim(key(box), "two")).isEqualTo(Answer.CLAIMED);

    box.time.advanceTimeBy(LEASE);

    assertThat(box.events(Passed.class)).first().extracting(Passed::why).isEqualTo(Why.LOST);
    assertThat(box.names()).containsExactly("/in/a.csv");
  }

  private static String key(Box box) {
    var entry = box.tree.inner().stat(RemotePath.of("/in/a.csv")).block(Box.PATIENCE);
    return new Candidate(entry, entry.path(), null).key();
  }

  /** Runs until so many files are finished in all. */
  private static void events(Inbox inbox, Box box, int finished) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    var running =
        inbox
            .run(
                file ->
                    Box.text(file).doOnNext(text -> box.handled.add(Box.note(file, text))).then())
            .doOnNext(box.events::add)
            .filter(event -> box.events(Finished.class).size() >= finished)
            .subscribe(event -> done.countDown());
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    running.dispose();
  }

  private FileClaimStore opened(int most) {
    return FileClaimStore.open(file, most, nanos::get).block(Box.PATIENCE);
  }

  private void reopen(int most) {
    store.close().block(Box.PATIENCE);
    store = opened(most);
  }

  private Answer claim(String key, String consumer) {
    return store.claim(key, consumer, LEASE).block(Box.PATIENCE);
  }
}
