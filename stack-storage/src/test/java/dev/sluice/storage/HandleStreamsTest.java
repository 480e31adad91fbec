package dev.sluice.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.HandleStreams;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

final class HandleStreamsTest {

  @Test
  void aFileThatAnswersInSmallPiecesIsReadWhole() {
    FakeFile file = new FakeFile(10_000, 7);

    assertThat(octets(HandleStreams.read(file, ByteRange.all()))).isEqualTo(file.content);
    assertThat(octets(HandleStreams.read(file, ByteRange.of(13, 100))))
        .isEqualTo(Arrays.copyOfRange(file.content, 13, 113));
  }

  @Test
  void nothingIsReadThatIsNotAskedFor() {
    FakeFile file = new FakeFile(10_000, 100);

    StepVerifier.create(HandleStreams.read(file, ByteRange.all()), 2)
        .consumeNextWith(ByteBuf::release)
        .consumeNextWith(ByteBuf::release)
        .thenCancel()
        .verify();

    assertThat(file.reads.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void aRangeOfNoLengthReadsNothing() {
    FakeFile file = new FakeFile(10, 10);

    assertThat(octets(HandleStreams.read(file, ByteRange.of(5, 0)))).isEmpty();
    assertThat(file.reads.get()).isZero();
  }

  @Test
  void aRangeBehindTheEndIsRefused() {
    StepVerifier.create(HandleStreams.read(new FakeFile(10, 10), ByteRange.from(11)))
        .expectErrorMatches(e -> e instanceof FileFailure f && f.getMessage().contains("offset 11"))
        .verify();
  }

  @Test
  void contentIsWrittenInOrderFromItsOffsetAndCommitted() {
    FakeFile file = new FakeFile(0, 0);
    Flux<ByteBuf> content = Flux.range(0, 5).map(i -> buffer(10));

    HandleStreams.write(file, WriteMode.at(100), content).block();

    assertThat(file.written).hasToString("100+10 110+10 120+10 130+10 140+10 commit ");
  }

  @Test
  void aWriteThatFailsReleasesWhatFollowsAndCommitsNothing() {
    FakeFile file = new FakeFile(0, 0);
    file.failAt = 20;
    Flux<ByteBuf> content = Flux.range(0, 50).map(i -> buffer(10));

    StepVerifier.create(HandleStreams.write(file, WriteMode.replace(), content))
        .expectErrorMessage("broken")
        .verify();

    assertThat(file.written).hasToString("0+10 10+10 ");
  }

  private static byte[] octets(Flux<ByteBuf> buffers) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    buffers
        .doOnNext(
            buffer -> {
              all.writeBytes(io.netty.buffer.ByteBufUtil.getBytes(buffer));
              buffer.release();
            })
        .then()
        .block();
    return all.toByteArray();
  }

  private static ByteBuf buffer(int length) {
    return ByteBufAllocator.DEFAULT.buffer().writeZero(length);
  }

  /** Answers at most {@code piece} octets to a read and notes what is written. */
  private static final class FakeFile implements FileHandle {
    final byte[] content;
    final int piece;
    final AtomicInteger reads = new AtomicInteger();
    final StringBuilder written = new StringBuilder();
    long failAt = Long.MAX_VALUE;

    FakeFile(int length, int piece) {
      this.content = new byte[length];
      this.piece = piece;
      new Random(length).nextBytes(content);
    }

    @Override
    public Mono<FileAttributes> stat() {
      return Mono.just(FileAttributes.of(FileKind.FILE).withSize(content.length));
    }

    @Override
    public Mono<ByteBuf> read(long position, int length) {
      return Mono.fromCallable(
          () -> {
            reads.incrementAndGet();
            int octets = (int) Math.min(Math.min(length, piece), content.length - position);
            return octets == 0
                ? null
                : ByteBufAllocator.DEFAULT.buffer().writeBytes(content, (int) position, octets);
          });
    }

    @Override
    public Mono<Void> write(long position, ByteBuf octets) {
      int length = octets.readableBytes();
      octets.release();
      return Mono.fromRunnable(
          () -> {
            if (position >= failAt) {
              throw new IllegalStateException("broken");
            }
            written.append(position).append('+').append(length).append(' ');
          });
    }

    @Override
    public Mono<Void> truncate(long size) {
      return Mono.empty();
    }

    @Override
    public Mono<Void> sync() {
      return Mono.empty();
    }

    @Override
    public Mono<Void> commit() {
      return Mono.fromRunnable(() -> written.append("commit "));
    }

    @Override
    public Mono<Void> close() {
      return Mono.empty();
    }
  }
}
