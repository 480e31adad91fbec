package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.Capability;
import dev.sluice.api.FileError;
import dev.sluice.api.WriteMode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How every tree writes files. */
public interface WritingContract extends TreeUnderTest {

  @Test
  default void replacesAFileWhole() {
    put("/file", octets(50_000));

    put("/file", text("short"));

    assertThat(content("/file")).isEqualTo(text("short"));
  }

  @Test
  default void replacesAFileInPlaceWhenToldTo() {
    put("/file", octets(50_000));

    put(path("/file"), new WriteMode.Replace(false), text("short"));

    assertThat(content("/file")).isEqualTo(text("short"));
  }

  @Test
  default void createsANewFile() {
    put(path("/file"), WriteMode.createNew(), text("new"));

    assertThat(content("/file")).isEqualTo(text("new"));
  }

  @Test
  default void aNewFileDoesNotTakeTheNameOfAnother() {
    put("/file", text("old"));

    assertRefused(
        FileError.ALREADY_EXISTS,
        operations()
            .write(path("/file"), WriteMode.createNew(), inBuffersOf(10, text("intruder"))));
    assertThat(content("/file")).isEqualTo(text("old"));
  }

  @Test
  default void appendsToTheEnd() {
    if (!can(Capability.APPEND)) {
      assertRefused(FileError.UNSUPPORTED, write(WriteMode.append(), "x"));
      return;
    }
    put("/file", text("one"));

    put(path("/file"), WriteMode.append(), text(" two"));

    assertThat(content("/file")).isEqualTo(text("one two"));
  }

  @Test
  default void appendingCreatesAMissingFile() {
    if (!can(Capability.APPEND)) {
      assertRefused(FileError.UNSUPPORTED, write(WriteMode.append(), "x"));
      return;
    }
    put(path("/file"), WriteMode.append(), text("first"));

    assertThat(content("/file")).isEqualTo(text("first"));
  }

  @Test
  @Conforms("FTP-112")
  default void twoWhoAppendDoNotOverwriteEachOther() {
    if (!can(Capability.APPEND)) {
      assertRefused(FileError.UNSUPPORTED, write(WriteMode.append(), "x"));
      return;
    }
    put("/file", new byte[0]);

    Flux.range(0, 4)
        .flatMap(
            i ->
                operations()
                    .write(path("/file"), WriteMode.append(), inBuffersOf(1000, octets(20_000))),
            4)
        .then()
        .block(patience());

    assertThat(content("/file")).hasSize(80_000);
  }

  @Test
  default void writesIntoTheMiddleOfAFile() {
    if (!can(Capability.RANDOM_WRITE)) {
      put("/file", text("0123456789"));
      assertRefused(FileError.UNSUPPORTED, write(WriteMode.at(4), "ab"));
      return;
    }
    put("/file", text("0123456789"));

    put(path("/file"), WriteMode.at(4), text("ab"));

    assertThat(content("/file")).isEqualTo(text("0123ab6789"));
  }

  @Test
  default void writesOnFromTheEndOfAFile() {
    if (!can(Capability.RANDOM_WRITE)) {
      put("/file", text("0123"));
      assertRefused(FileError.UNSUPPORTED, write(WriteMode.at(4), "45"));
      return;
    }
    put("/file", text("0123"));

    put(path("/file"), WriteMode.at(4), text("456789"));

    assertThat(content("/file")).isEqualTo(text("0123456789"));
  }

  @Test
  default void writingBehindTheEndIsRefused() {
    put("/file", text("0123"));
    FileError expected =
        can(Capability.RANDOM_WRITE) ? FileError.OUT_OF_RANGE : FileError.UNSUPPORTED;

    assertRefused(expected, write(WriteMode.at(5), "x"));
    assertThat(content("/file")).isEqualTo(text("0123"));
  }

  @Test
  default void writingIntoADirectoryIsRefused() {
    makeDirectory("/file");

    assertRefused(FileError.IS_A_DIRECTORY, write(WriteMode.replace(), "x"));
  }

  @Test
  default void writingBelowAMissingDirectoryIsRefused() {
    assertRefused(
        FileError.NOT_FOUND,
        operations().write(path("/missing/file"), WriteMode.replace(), inBuffersOf(10, text("x"))));
  }

  @Test
  default void aFileOfManySmallBuffersArrivesWhole() {
    operations()
        .write(path("/file"), WriteMode.replace(), inBuffersOf(7, octets(20_000)))
        .block(patience());

    assertThat(content("/file")).isEqualTo(octets(20_000));
  }

  @Test
  default void aWriterAsksForNoMoreThanItCanHold() {
    AtomicLong ahead = new AtomicLong();
    AtomicLong most = new AtomicLong();
    Flux<ByteBuf> content =
        inBuffersOf(64, octets(64_000))
            .doOnRequest(n -> most.accumulateAndGet(ahead.addAndGet(n), Math::max))
            .doOnNext(buffer -> ahead.decrementAndGet());

    operations().write(path("/file"), WriteMode.replace(), content).block(patience());

    assertThat(most.get()).isLessThanOrEqualTo(512);
    assertThat(content("/file")).isEqualTo(octets(64_000));
  }

  @Test
  @Conforms("FTP-111")
  default void contentThatFailsLeavesTheOldFile() {
    put("/file", text("old"));
    RuntimeException cause = new IllegalStateException("the source broke");

    Flux<ByteBuf> broken = inBuffersOf(1000, octets(10_000)).concatWith(Flux.error(cause));
    operations()
        .write(path("/file"), WriteMode.replace(), broken)
        .onErrorComplete()
        .block(patience());

    if (can(Capability.ATOMIC_REPLACE)) {
      assertThat(content("/file")).isEqualTo(text("old"));
    }
    assertThat(names("/")).containsExactly("file");
  }

  @Test
  default void contentThatFailsLeavesNoNewFile() {
    RuntimeException cause = new IllegalStateException("the source broke");

    Flux<ByteBuf> broken = inBuffersOf(1000, octets(10_000)).concatWith(Flux.error(cause));
    Mono<Void> write = operations().write(path("/file"), WriteMode.replace(), broken);

    assertThat(write.materialize().block(patience()).isOnError()).isTrue();
    if (can(Capability.ATOMIC_REPLACE)) {
      eventuallyEmpty();
    }
  }

  @Test
  default void whatTheContentThrowsIsTheErrorOfTheWrite() {
    Publisher<ByteBuf> thrownAtOnce =
        subscriber -> {
          throw new IllegalStateException("no content");
        };
    Flux<ByteBuf> thrownInTheMiddle =
        inBuffersOf(1000, octets(50_000))
            .index()
            .map(
                numbered -> {
                  if (numbered.getT1() == 30) {
                    numbered.getT2().release();
                    throw new IllegalStateException("no more");
                  }
                  return numbered.getT2();
                });

    assertThat(failureOf(thrownAtOnce)).hasMessage("no content");
    assertThat(failureOf(thrownInTheMiddle)).hasMessage("no more");
    put("/file", text("usable"));
    assertThat(content("/file")).isEqualTo(text("usable"));
  }

  @Test
  default void aBufferThatWasReleasedAlreadyFailsTheWrite() {
    ByteBuf released = Unpooled.buffer(5).writeZero(5);
    released.release();

    assertThat(failureOf(Flux.just(released))).isInstanceOf(IllegalReferenceCountException.class);
    assertThat(failureOf(inBuffersOf(1000, octets(50_000)).concatWithValues(released)))
        .isInstanceOf(IllegalReferenceCountException.class);
    put("/file", text("usable"));
    assertThat(content("/file")).isEqualTo(text("usable"));
  }

  @Test
  default void cancellingAWriteLeavesNothing() {
    Flux<ByteBuf> endless = inBuffersOf(1000, octets(50_000)).concatWith(Flux.never());

    operations()
        .write(path("/file"), WriteMode.replace(), endless)
        .timeout(Duration.ofMillis(300), Mono.empty())
        .block(patience());

    if (can(Capability.ATOMIC_REPLACE)) {
      eventuallyEmpty();
    }
    put("/file", text("usable"));
    assertThat(content("/file")).isEqualTo(text("usable"));
  }

  @Test
  default void severalWritesAtOnceAllComplete() {
    Flux.range(0, 8)
        .flatMap(
            i ->
                operations()
                    .write(
                        path("/file" + i),
                        WriteMode.replace(),
                        inBuffersOf(4096, octets(100_000 + i))),
            8)
        .then()
        .block(patience());

    for (int i = 0; i < 8; i++) {
      assertThat(content("/file" + i)).isEqualTo(octets(100_000 + i));
    }
  }

  private Throwable failureOf(Publisher<ByteBuf> content) {
    return catchThrowable(
        () -> operations().write(path("/file"), WriteMode.replace(), content).block(patience()));
  }

  private Mono<Void> write(WriteMode mode, String content) {
    return operations().write(path("/file"), mode, inBuffersOf(10, text(content)));
  }

  /** Asserts that the root is empty soon: what follows a cancel is not awaited by anybody. */
  private void eventuallyEmpty() {
    List<String> left =
        Mono.fromCallable(() -> names("/"))
            .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic())
            .filter(List::isEmpty)
            .repeatWhenEmpty(100, rounds -> rounds.delayElements(Duration.ofMillis(20)))
            .block(patience());
    assertThat(left).isEmpty();
  }
}
