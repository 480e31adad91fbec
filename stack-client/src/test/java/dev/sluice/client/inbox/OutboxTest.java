package dev.sluice.client.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.client.inbox.InboxEvent.AttemptFailed;
import dev.sluice.client.inbox.InboxEvent.Finished;
import dev.sluice.client.transfer.CopyOptions.Placement;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Directories that empty themselves into another tree. */
final class OutboxTest {
  private static final String LONG = "x".repeat(300_000);

  private final Box box = new Box();
  private final Target to = new Target();
  private final Outbox outbox =
      new Outbox(
          box.inbox, to, RemotePath.of("/sent"), dev.sluice.client.transfer.CopyOptions.DEFAULT);

  @Test
  void filesAreCopiedUnderAnotherNameAndThenDeleted() {
    box.put("/in/a.csv", "1");
    box.put("/in/sub/b.csv", "2");
    run(outbox.from(it -> it.depth(2)).verified());

    assertThat(to.text("/sent/a.csv")).isEqualTo("1");
    assertThat(to.text("/sent/sub/b.csv")).isEqualTo("2");
    assertThat(to.written).hasSize(2).allMatch(name -> name.matches(".*\\.[0-9a-f]{16}\\.part"));
    assertThat(box.names()).isEmpty();
  }

  @Test
  void aFileThatIsSentIsMovedIfAskedFor() {
    box.put("/in/a.csv", "1");
    run(outbox.done(Done.moveTo(RemotePath.of("/archive"))));

    assertThat(to.names()).containsExactly("/sent/a.csv");
    assertThat(box.names()).containsExactly("/archive/a.csv");
  }

  @Test
  void anotherAttemptReplacesWhatTheFirstHasLeftAndLeavesNothing() {
    box.put("/in/a.csv", LONG);
    to.cuts.set(1);
    run(outbox);
    assertThat(box.events(AttemptFailed.class)).hasSize(1);
    assertThat(to.names()).allMatch(name -> name.endsWith(".part"));

    box.poll();

    assertThat(to.names()).containsExactly("/sent/a.csv");
    assertThat(to.text("/sent/a.csv")).isEqualTo(LONG);
    assertThat(box.events(Finished.class)).hasSize(1);
  }

  @Test
  void aRunAfterACrashGoesOnWithWhatTheFirstHasLeft() {
    box.put("/in/a.csv", LONG);
    to.cuts.set(1);
    Disposable killed = run(outbox);
    killed.dispose();
    assertThat(to.names()).hasSize(1);

    run(outbox);

    assertThat(to.names()).containsExactly("/sent/a.csv");
    assertThat(to.text("/sent/a.csv")).isEqualTo(LONG);
    assertThat(to.written.get(1)).isEqualTo(to.written.get(0));
    assertThat(box.names()).isEmpty();
  }

  @Test
  void aTreeThatRefusesTheRenameGetsTheFileInPlaceIfAllowed() {
    box.put("/in/a.csv", "1");
    to.renames = false;
    run(outbox.copying(it -> it.withPlacement(Placement.ATOMIC_ELSE_IN_PLACE)));

    assertThat(to.names()).containsExactly("/sent/a.csv");
    assertThat(box.names()).isEmpty();
  }

  @Test
  void aFileThatIsNotCompleteIsNotSent() {
    box.put("/in/a.csv", "1");
    run(outbox.from(it -> it.marker(".ok")));
    assertThat(to.names()).isEmpty();

    box.put("/in/a.csv.ok", "");
    box.poll();

    assertThat(to.names()).containsExactly("/sent/a.csv");
    assertThat(box.names()).isEmpty();
  }

  private Disposable run(Outbox how) {
    return how.run().subscribe(box.events::add);
  }

  /** Where files go; the test cuts writes. */
  private static final class Target extends Box.Files {
    final AtomicInteger cuts = new AtomicInteger();
    final List<String> written = new CopyOnWriteArrayList<>();
    volatile boolean renames = true;

    Target() {
      super(MemoryStorage.create().open(Identity.of("user")).block(Box.PATIENCE));
    }

    @Override
    public Mono<Void> write(
        RemotePath file,
        WriteMode mode,
        Publisher<? extends ByteBuf> content,
        AttributeChange attributes) {
      written.add(file.toString());
      Flux<ByteBuf> octets = Flux.from(content);
      return cuts.getAndDecrement() > 0
          ? inner()
              .write(file, mode, octets.take(2).concatWith(Mono.error(new SessionClosed("cut"))))
          : inner().write(file, mode, content, attributes);
    }

    @Override
    public Mono<Void> rename(RemotePath from, RemotePath to) {
      return renames
          ? super.rename(from, to)
          : Mono.error(new FileFailure(FileError.PERMISSION_DENIED, "no renames"));
    }
  }
}
