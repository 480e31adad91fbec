package dev.sluice.ftp.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.PeerMisbehaved;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.TransferMode;
import dev.sluice.ftp.transfer.Coding;
import dev.sluice.ftp.transfer.OctetTransform;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

final class TransformsTest {
  private static final TransferFormat DEFLATE = TransferFormat.PLAIN.withMode(TransferMode.DEFLATE);
  private static final TransferFormat BLOCKS = TransferFormat.PLAIN.withMode(TransferMode.BLOCK);

  @Test
  @Conforms({"FTP-102", "FTP-200"})
  void oneBufferThatGrowsALotIsHandedOnAsItIsAskedFor() {
    byte[] bomb = compressed(new byte[8 * 1024 * 1024]);

    StepVerifier.create(
            Transforms.through(
                Flux.defer(() -> Flux.just(buffer(bomb))), () -> Coding.decoder(DEFLATE)),
            0)
        .thenRequest(1)
        .consumeNextWith(part -> assertThat(part.release()).isTrue())
        .expectNoEvent(Duration.ofMillis(50))
        .thenRequest(Long.MAX_VALUE)
        .thenConsumeWhile(ByteBuf::release)
        .verifyComplete();
  }

  @Test
  @Conforms("FTP-102")
  void demandReachesTheSource() {
    AtomicInteger taken = new AtomicInteger();
    Flux<ByteBuf> endless =
        Flux.generate(
            sink -> {
              taken.incrementAndGet();
              sink.next(buffer(new byte[] {1, 2, 3}));
            });

    StepVerifier.create(
            Transforms.through(endless, () -> Coding.encoder(TransferFormat.INITIAL)), 3)
        .consumeNextWith(ByteBuf::release)
        .consumeNextWith(ByteBuf::release)
        .consumeNextWith(ByteBuf::release)
        .thenCancel()
        .verify(Duration.ofSeconds(5));

    assertThat(taken).hasValue(3);
  }

  @Test
  @Conforms("FTP-200")
  void aCancelHalfWayLosesNoBuffer() {
    byte[] bomb = compressed(new byte[8 * 1024 * 1024]);
    ByteBuf input = buffer(bomb);

    StepVerifier.create(Transforms.through(Flux.just(input), () -> Coding.decoder(DEFLATE)), 2)
        .consumeNextWith(ByteBuf::release)
        .consumeNextWith(ByteBuf::release)
        .thenCancel()
        .verify(Duration.ofSeconds(5));

    assertThat(input.refCnt()).isZero();
  }

  @Test
  @Conforms("FTP-200")
  void malformedOctetsAreSignalledAndReleased() {
    ByteBuf input = buffer(ByteBufUtil.decodeHexDump("789cffffff"));

    StepVerifier.create(Transforms.through(Flux.just(input), () -> Coding.decoder(DEFLATE)))
        .verifyError(PeerMisbehaved.class);

    assertThat(input.refCnt()).isZero();
  }

  @Test
  @Conforms("FTP-067")
  void theBlockMarkedEofEndsTheFileThoughTheConnectionStaysOpen() {
    Flux<ByteBuf> open =
        Flux.defer(() -> Flux.just(buffer(ByteBufUtil.decodeHexDump("40000161"))))
            .concatWith(Flux.never());

    StepVerifier.withVirtualTime(() -> Transforms.through(open, () -> Coding.decoder(BLOCKS)))
        .consumeNextWith(part -> assertThat(part.release()).isTrue())
        .thenAwait(Duration.ofSeconds(1))
        .verifyComplete();
  }

  @Test
  @Conforms("FTP-067")
  void theEndOfTheConnectionBeforeEofIsAFailure() {
    StepVerifier.create(
            Transforms.through(
                Flux.just(buffer(ByteBufUtil.decodeHexDump("00000161"))),
                () -> Coding.decoder(BLOCKS)))
        .consumeNextWith(ByteBuf::release)
        .verifyError(PeerMisbehaved.class);
  }

  @Test
  @Conforms("FTP-103")
  void anEmptyFileStillHasItsEnd() {
    StepVerifier.create(Transforms.through(Flux.empty(), () -> Coding.encoder(BLOCKS)))
        .consumeNextWith(
            end -> {
              assertThat(ByteBufUtil.hexDump(end)).isEqualTo("400000");
              end.release();
            })
        .verifyComplete();
  }

  private static ByteBuf buffer(byte[] octets) {
    return PooledByteBufAllocator.DEFAULT.buffer(octets.length).writeBytes(octets);
  }

  private static byte[] compressed(byte[] file) {
    OctetTransform encoder = Coding.encoder(DEFLATE);
    ByteBuf wire =
        Unpooled.wrappedBuffer(encoder.apply(Unpooled.wrappedBuffer(file)), encoder.finish());
    byte[] octets = ByteBufUtil.getBytes(wire);
    wire.release();
    encoder.close();
    return octets;
  }
}
