package dev.sluice.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.WalkOptions;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.Contents;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.client.pool.PooledFiles;
import dev.sluice.client.transfer.TransferEvent.FileDone;
import dev.sluice.client.transfer.TransferEvent.Summary;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A retry of a large file goes on after what the last attempt has written, also without a journal.
 */
final class RetryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RemotePath ROOT = RemotePath.root();
  private static final RemotePath FILE = RemotePath.of("/large");
  private static final int LARGE = 4 << 20;

  @TempDir Path elsewhere;
  private final byte[] octets = new byte[LARGE];
  private StorageSession from;
  private FileOperations to;
  private final AtomicBoolean endsBeforeAttributes = new AtomicBoolean();

  @BeforeEach
  void open() {
    new Random(4).nextBytes(octets);
    from = MemoryStorage.create().open(Identity.of("user")).block(PATIENCE);
    from.write(FILE, WriteMode.replace(), Contents.of(octets)).block(PATIENCE);
    FileSession one =
        new Served(
            MemoryStorage.create().open(Identity.of("user")).block(PATIENCE), endsBeforeAttributes);
    to = PooledFiles.of(() -> Mono.just(one), PoolOptions.most(1));
    assertThat(to.exists(FILE).block(PATIENCE)).isFalse();
  }

  @AfterEach
  void close() {
    to.close().block(PATIENCE);
  }

  @Test
  void itGoesOnFromThere() {
    Cut cut = new Cut(from, new AtomicInteger(1), new AtomicLong());

    List<TransferEvent> events = mirror(cut, Mirror.oneWay().retries(3));

    assertThat(last(events).failed()).isZero();
    assertThat(Contents.bytes(to.read(FILE, ByteRange.all()), LARGE).block(PATIENCE))
        .isEqualTo(octets);
    assertThat(names()).containsExactly("/large");
    assertThat(cut.moved().get()).isLessThan(LARGE + LARGE / 4);
    assertThat(events)
        .filteredOn(FileDone.class::isInstance)
        .singleElement()
        .extracting(event -> ((FileDone) event).octets())
        .matches(moved -> moved < LARGE);
  }

  @Test
  void aFileThatWasCutBeforeItsAttributesGetsThem() {
    Instant then = Instant.parse("2001-02-03T04:05:06Z");
    from.setAttributes(FILE, AttributeChange.none().withModified(then)).block(PATIENCE);
    endsBeforeAttributes.set(true);

    List<TransferEvent> events = mirror(from, Mirror.oneWay().retries(3));

    assertThat(last(events).failed()).isZero();
    assertThat(endsBeforeAttributes).isFalse();
    assertThat(to.stat(FILE).block(PATIENCE).attributes().modified()).isEqualTo(then);
  }

  @Test
  void nothingStaysOfAFileThatCannotBeMoved() {
    Cut cut = new Cut(from, new AtomicInteger(10), new AtomicLong());

    assertThat(last(mirror(cut, Mirror.oneWay().retries(2))).failed()).isEqualTo(1);
    assertThat(names()).isEmpty();
  }

  @Test
  void aJournalOfAnotherServerIsRefused() {
    Mirror how = Mirror.oneWay().journal(elsewhere.resolve("journal"), "sftp://ann@one:22");
    Cut cut = new Cut(from, new AtomicInteger(1), new AtomicLong());
    assertThat(last(mirror(cut, how)).failed()).isEqualTo(1);

    List<TransferEvent> other = mirror(from, how.withJob("sftp://bob@one:22"));
    assertThat(other)
        .filteredOn(TransferEvent.Failed.class::isInstance)
        .singleElement()
        .extracting(event -> ((TransferEvent.Failed) event).cause().getMessage())
        .asString()
        .contains("belongs to another job");
    assertThat(last(mirror(from, how)).failed()).isZero();
  }

  private List<TransferEvent> mirror(FileOperations source, Mirror how) {
    return Transfers.mirror(source, ROOT, to, ROOT, how).collectList().block(PATIENCE);
  }

  private List<String> names() {
    return to.walk(ROOT, WalkOptions.ALL)
        .map(FileEntry::path)
        .map(RemotePath::toString)
        .collectList()
        .block(PATIENCE);
  }

  private static Summary last(List<TransferEvent> events) {
    return (Summary) events.get(events.size() - 1);
  }

  /** A storage as a session with a server. */
  private record Served(StorageSession inner, AtomicBoolean endsBeforeAttributes)
      implements FileSession, ForwardingSession {
    @Override
    public Mono<Void> write(
        RemotePath file,
        WriteMode mode,
        Publisher<? extends ByteBuf> content,
        AttributeChange attributes) {
      return endsBeforeAttributes.getAndSet(false)
          ? inner
              .write(file, mode, content)
              .then(Mono.error(new SessionClosed("the session was cut")))
          : inner.write(file, mode, content, attributes);
    }

    @Override
    public SessionInfo info() {
      return new SessionInfo("test", "this:1", "none", "");
    }

    @Override
    public Mono<RemotePath> home() {
      return Mono.just(ROOT);
    }

    @Override
    public Mono<Void> close() {
      return inner.close();
    }

    @Override
    public Mono<Void> onClosed() {
      return Mono.never();
    }
  }

  /** A tree whose session ends in the middle of a read, so many times. */
  private record Cut(StorageSession inner, AtomicInteger times, AtomicLong moved)
      implements ForwardingSession {
    @Override
    public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
      boolean cut = range.isToEnd() && times.getAndDecrement() > 0;
      AtomicLong left = new AtomicLong(cut ? LARGE / 4 : Long.MAX_VALUE);
      Flux<ByteBuf> octets =
          inner
              .read(file, range)
              .doOnNext(buffer -> moved.addAndGet(buffer.readableBytes()))
              .takeUntil(buffer -> left.addAndGet(-buffer.readableBytes()) <= 0);
      return cut ? octets.concatWith(Flux.error(new SessionClosed("the session was cut"))) : octets;
    }
  }
}
