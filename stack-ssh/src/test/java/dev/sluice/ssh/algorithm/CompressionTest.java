package dev.sluice.ssh.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Compressed payloads. */
final class CompressionTest {
  private static final int LIMIT = 262_144;

  @Test
  @Conforms("SSH-112")
  void everyPacketCanBeInflatedAsSoonAsItIsThere() {
    try (PayloadDeflater deflater = Compressions.ZLIB_DELAYED.deflater();
        PayloadInflater inflater = Compressions.ZLIB_DELAYED.inflater(LIMIT)) {
      FixedRandom random = new FixedRandom(3);
      for (int size : new int[] {1, 5, 100, 32768, LIMIT, 0, 7}) {
        byte[] payload = new byte[size];
        if (size % 2 == 0) {
          random.nextBytes(payload);
        }
        ByteBuf wire = Unpooled.buffer(1);
        deflater.deflate(Unpooled.wrappedBuffer(payload), wire);
        ByteBuf out = Unpooled.buffer(1);
        inflater.inflate(wire, out);

        assertThat(out).isEqualTo(Unpooled.wrappedBuffer(payload));
      }
    }
  }

  @Test
  @Conforms("SSH-113")
  void aBombIsStoppedAtTheLimit_CVE_2026_23943() {
    ByteBuf bomb = Unpooled.buffer();
    try (PayloadDeflater deflater = Compressions.ZLIB_DELAYED.deflater();
        PayloadInflater inflater = Compressions.ZLIB_DELAYED.inflater(LIMIT)) {
      deflater.deflate(Unpooled.wrappedBuffer(new byte[32 * 1024 * 1024]), bomb);
      ByteBuf out = Unpooled.buffer();

      assertThat(bomb.readableBytes()).isLessThan(35_000);
      assertCompressionError(() -> inflater.inflate(bomb, out));
      assertThat(out.capacity()).isLessThanOrEqualTo(2 * LIMIT);
    }
  }

  @Test
  @Conforms("SSH-113")
  void whatIsNoDeflateStreamIsRefused() {
    try (PayloadInflater inflater = Compressions.ZLIB_DELAYED.inflater(LIMIT)) {
      assertCompressionError(
          () ->
              inflater.inflate(Unpooled.wrappedBuffer(new byte[] {1, 2, 3, 4}), Unpooled.buffer()));
    }
  }

  @Test
  @Conforms("SSH-110")
  void compressionThatBeginsBeforeAuthenticationDoesNotExist() {
    assertThat(Compressions.ALL)
        .extracting(CompressionAlgorithm::name)
        .containsExactly("none", "zlib@openssh.com");
    assertThat(Compressions.ZLIB_DELAYED.isDelayed()).isTrue();
  }

  private static void assertCompressionError(Runnable inflating) {
    assertThatThrownBy(inflating::run)
        .asInstanceOf(InstanceOfAssertFactories.type(SshViolation.class))
        .extracting(SshViolation::reason)
        .isEqualTo(DisconnectReason.COMPRESSION_ERROR);
  }
}
