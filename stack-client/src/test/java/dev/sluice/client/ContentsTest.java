package dev.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.LimitExceeded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Contents come from what other code has, and go there, and no buffer is lost on the way. */
final class ContentsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST = 1 << 20;

  private final byte[] octets = octets(300_000);

  @Test
  void bytesAndTextComeBackAsTheyWere() {
    assertThat(Contents.bytes(Contents.of(octets), MOST).block(PATIENCE)).isEqualTo(octets);
    assertThat(
            Contents.text(
                    Contents.of("gr\u00fc\u00dfe", StandardCharsets.UTF_8),
                    StandardCharsets.UTF_8,
                    MOST)
                .block(PATIENCE))
        .isEqualTo("gr\u00fc\u00dfe");
  }

  @Test
  void aFileIsReadAnewEachTime(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("file"), octets);
    Flux<ByteBuf> content = Contents.of(file);

    assertThat(Contents.bytes(content, MOST).block(PATIENCE)).isEqualTo(octets);
    assertThat(Contents.bytes(content, MOST).block(PATIENCE)).isEqualTo(octets);
  }

  @Test
  void aStreamIsClosedAtItsEndAndWhenTheReaderLeaves() {
    AtomicInteger closed = new AtomicInteger();

    assertThat(Contents.bytes(Contents.of(stream(closed)), MOST).block(PATIENCE)).isEqualTo(octets);
    await(() -> closed.get() == 1);

    StepVerifier.create(Contents.of(stream(closed)), 1)
        .assertNext(ByteBuf::release)
        .thenCancel()
        .verify(PATIENCE);
    await(() -> closed.get() == 2);
  }

  @Test
  void aStreamThatFailsIsTheErrorOfTheContent() {
    InputStream broken =
        new ByteArrayInputStream(octets) {
          @Override
          public int read(byte[] into) throws IOException {
            throw new IOException("broken");
          }
        };

    StepVerifier.create(Contents.of(broken))
        .verifyErrorSatisfies(error -> assertThat(error).hasMessage("broken"));
  }

  @Test
  void moreThanTheLimitIsRefusedAndReleased() {
    ByteBuf first = Unpooled.copiedBuffer(octets, 0, 100_000);
    ByteBuf second = Unpooled.copiedBuffer(octets, 0, 100_000);

    assertThatThrownBy(() -> Contents.bytes(Flux.just(first, second), 150_000).block(PATIENCE))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("150000");
    await(() -> first.refCnt() + second.refCnt() == 0);
  }

  @Test
  void whatIsReadGoesIntoAStreamAtTheSpeedOfTheStream() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicLong asked = new AtomicLong();
    Flux<ByteBuf> content =
        Flux.range(0, 100)
            .map(i -> Unpooled.copiedBuffer(octets, i * 3000, 3000))
            .cast(ByteBuf.class)
            .doOnRequest(asked::set);

    assertThat(Contents.into(content, out).block(PATIENCE)).isEqualTo(300_000);
    assertThat(out.toByteArray()).isEqualTo(octets);
    assertThat(asked.get()).isLessThanOrEqualTo(4);
  }

  @Test
  void aStreamThatTakesNoMoreFailsAndNoBufferIsLost() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("no space");
          }

          @Override
          public void write(byte[] octets, int from, int length) throws IOException {
            throw new IOException("no space");
          }
        };
    List<ByteBuf> made = new CopyOnWriteArrayList<>();
    Flux<ByteBuf> content =
        Flux.range(0, 10)
            .map(
                i -> {
                  ByteBuf part = Unpooled.copiedBuffer(octets, 0, 10);
                  made.add(part);
                  return part;
                });

    assertThatThrownBy(() -> Contents.into(content, full).block(PATIENCE))
        .hasMessageContaining("no space");
    assertThat(made).isNotEmpty();
    await(() -> made.stream().allMatch(part -> part.refCnt() == 0));
  }

  /** What waits in a queue is released on another thread, after the error. */
  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private InputStream stream(AtomicInteger closed) {
    return new ByteArrayInputStream(octets) {
      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  private static byte[] octets(int length) {
    byte[] octets = new byte[length];
    new Random(7).nextBytes(octets);
    return octets;
  }
}
