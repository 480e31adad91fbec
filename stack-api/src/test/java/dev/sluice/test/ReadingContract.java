package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileError;
import dev.sluice.api.ReadOptions;
import dev.sluice.api.WriteMode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How every tree reads files. */
public interface ReadingContract extends TreeUnderTest {
  int LARGE = 8 * 1024 * 1024;

  @Test
  default void aReaderThatAsksForManyBuffersIsNotGivenMuchAtOnce() {
    put("/large", octets(12_000_000));
    long[] given = {0, 0};

    operations()
        .read(path("/large"), ByteRange.all())
        .doOnNext(
            buffer -> {
              given[0] = Math.max(given[0], buffer.readableBytes());
              given[1] += buffer.readableBytes();
              buffer.release();
            })
        .take(128, true)
        .blockLast(patience());

    assertThat(given[0]).isLessThanOrEqualTo(ReadOptions.DEFAULT.chunk());
    assertThat(given[1]).isLessThanOrEqualTo(4L << 20);
  }

  @Test
  default void aReaderChoosesTheSizeOfItsBuffersAndWhatIsReadAhead() {
    put("/file", octets(100_000));

    byte[] read =
        operations()
            .read(path("/file"), ByteRange.all())
            .transform(ReadOptions.DEFAULT.chunk(1024).readAhead(0)::on)
            .doOnNext(buffer -> assertThat(buffer.readableBytes()).isLessThanOrEqualTo(1024))
            .collect(
                ByteArrayOutputStream::new,
                (all, buffer) -> {
                  all.writeBytes(ByteBufUtil.getBytes(buffer));
                  buffer.release();
                })
            .blockOptional(patience())
            .orElseThrow()
            .toByteArray();

    assertThat(read).isEqualTo(octets(100_000));
  }

  @Test
  default void readsBackWhatWasWritten() {
    put("/file", octets(100_000));

    assertThat(content("/file")).isEqualTo(octets(100_000));
  }

  @Test
  default void anEmptyFileReadsAsNothing() {
    put("/empty", new byte[0]);

    assertThat(content("/empty")).isEmpty();
    assertThat(stat("/empty").size()).isZero();
  }

  @Test
  default void aLargeFileComesBackWhole() {
    put("/large", octets(LARGE));

    assertThat(Arrays.equals(content("/large"), octets(LARGE))).isTrue();
  }

  @Test
  default void aRangeReadsJustItsOctets() {
    put("/file", octets(300_000));

    byte[] part = content(path("/file"), ByteRange.of(100_000, 150_000));

    assertThat(part).isEqualTo(Arrays.copyOfRange(octets(300_000), 100_000, 250_000));
  }

  @Test
  default void aRangeFromAnOffsetReadsToTheEnd() {
    put("/file", octets(300_000));

    byte[] rest = content(path("/file"), ByteRange.from(299_999));

    assertThat(rest).isEqualTo(Arrays.copyOfRange(octets(300_000), 299_999, 300_000));
  }

  @Test
  default void aRangeBehindTheEndIsCutThere() {
    put("/file", octets(10));

    assertThat(content(path("/file"), ByteRange.of(5, 1_000_000)))
        .isEqualTo(Arrays.copyOfRange(octets(10), 5, 10));
  }

  @Test
  default void aRangeOfNoLengthIsEmpty() {
    put("/file", octets(10));

    assertThat(content(path("/file"), ByteRange.of(5, 0))).isEmpty();
  }

  @Test
  default void aRangeThatStartsAtTheEndIsEmpty() {
    put("/file", octets(10));

    assertThat(content(path("/file"), ByteRange.from(10))).isEmpty();
  }

  @Test
  default void aRangeThatStartsBehindTheEndIsRefused() {
    put("/file", octets(10));

    assertRefused(FileError.OUT_OF_RANGE, operations().read(path("/file"), ByteRange.from(11)));
  }

  @Test
  default void readingAMissingFileIsRefused() {
    assertRefused(FileError.NOT_FOUND, operations().read(path("/missing"), ByteRange.all()));
  }

  @Test
  default void readingADirectoryIsRefused() {
    makeDirectory("/directory");

    assertRefused(FileError.IS_A_DIRECTORY, operations().read(path("/directory"), ByteRange.all()));
  }

  @Test
  default void aFileInTheMiddleOfAPathIsRefused() {
    put("/file", octets(1));

    assertRefused(
        FileError.NOT_A_DIRECTORY, operations().read(path("/file/below"), ByteRange.all()));
  }

  @Test
  default void nothingIsReadBeforeItIsAskedFor() {
    put("/file", octets(1_000_000));

    StepVerifier.create(operations().read(path("/file"), ByteRange.all()), 0)
        .expectSubscription()
        .thenRequest(1)
        .assertNext(ByteBuf::release)
        .thenRequest(1)
        .assertNext(ByteBuf::release)
        .thenCancel()
        .verify(patience());
    assertThat(content("/file")).hasSize(1_000_000);
  }

  @Test
  default void oneBufferAtATimeReadsTheWholeFile() {
    put("/file", octets(1_000_000));

    byte[] read = octetsOf(operations().read(path("/file"), ByteRange.all()).limitRate(1));

    assertThat(Arrays.equals(read, octets(1_000_000))).isTrue();
  }

  @Test
  default void cancellingWhileReadingLeavesTheTreeUsable() {
    put("/file", octets(LARGE));

    for (int buffers = 1; buffers <= 5; buffers++) {
      Long taken =
          operations()
              .read(path("/file"), ByteRange.all())
              .doOnNext(ByteBuf::release)
              .take(buffers)
              .count()
              .block(patience());
      assertThat(taken).isEqualTo(buffers);
    }
    assertThat(content(path("/file"), ByteRange.of(0, 10)))
        .isEqualTo(Arrays.copyOf(octets(LARGE), 10));
  }

  @Test
  default void severalReadsAtOnceAllComplete() {
    put("/file", octets(500_000));

    Long total =
        Flux.range(0, 8)
            .flatMap(i -> length(operations().read(path("/file"), ByteRange.all())), 8)
            .reduce(0L, Long::sum)
            .block(patience());

    assertThat(total).isEqualTo(8 * 500_000L);
  }

  @Test
  default void aReaderSeesTheOldFileOrTheNewOneButNoMixture() {
    put("/file", filled(200_000, 'o'));
    boolean atomic = can(Capability.ATOMIC_REPLACE);

    Mono<byte[]> reading =
        Mono.fromCallable(() -> octetsOf(operations().read(path("/file"), ByteRange.all())))
            .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic());
    Mono<Void> replacing =
        operations()
            .write(path("/file"), WriteMode.replace(), inBuffersOf(4096, filled(200_000, 'n')));
    byte[] seen = Mono.zip(reading, replacing.thenReturn(true)).block(patience()).getT1();

    assertThat(!atomic || isFilled(seen)).isTrue();
    assertThat(content("/file")).isEqualTo(filled(200_000, 'n'));
  }

  private static byte[] filled(int length, char with) {
    byte[] octets = new byte[length];
    Arrays.fill(octets, (byte) with);
    return octets;
  }

  private static boolean isFilled(byte[] octets) {
    return Arrays.equals(octets, filled(octets.length, 'o'))
        || Arrays.equals(octets, filled(octets.length, 'n'));
  }

  private static Mono<Long> length(Flux<ByteBuf> buffers) {
    return Mono.defer(
        () -> {
          AtomicLong sum = new AtomicLong();
          return buffers
              .doOnNext(
                  buffer -> {
                    sum.addAndGet(buffer.readableBytes());
                    buffer.release();
                  })
              .then(Mono.fromSupplier(sum::get));
        });
  }
}
