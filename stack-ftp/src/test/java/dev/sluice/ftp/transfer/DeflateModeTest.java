package dev.sluice.ftp.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.LimitExceeded;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.ftp.InflateLimit;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.TransferMode;
import dev.sluice.ftp.TransferType;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeflateModeTest {
  private static final TransferFormat DEFLATE = TransferFormat.PLAIN.withMode(TransferMode.DEFLATE);

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 6, 9})
  @Conforms({"FTP-199", "FTP-201"})
  void aFileComesBackAsItWasAtEveryLevel(int level) {
    TransferFormat format = DEFLATE.withDeflateLevel(level);
    byte[] file = Octets.random(300_000);

    byte[] wire = Octets.through(() -> Coding.encoder(format), file);

    assertThat(Octets.through(() -> Coding.decoder(format), wire)).isEqualTo(file);
  }

  @Test
  @Conforms("FTP-199")
  void theStreamSentIsZlib() {
    byte[] wire = Octets.through(() -> Coding.encoder(DEFLATE), Octets.ascii("hello hello hello"));

    assertThat(wire[0]).isEqualTo((byte) 0x78);
    assertThat(deflated(Octets.ascii("hello hello hello"), false)).isEqualTo(wire);
  }

  @Test
  @Conforms("FTP-199")
  void zlibAndRawDeflateAreReadHoweverTheyAreCut() {
    byte[] file = Octets.ascii("a file, a file, a file of some length\r\n");

    for (boolean raw : new boolean[] {false, true}) {
      assertThat(Octets.throughEverySplit(() -> Coding.decoder(DEFLATE), deflated(file, raw)))
          .allSatisfy(read -> assertThat(read).isEqualTo(file));
    }
  }

  @Test
  @Conforms({"FTP-200", "FTP-103"})
  void anEmptyFileIsAValidEmptyStream() {
    byte[] wire = Octets.through(() -> Coding.encoder(DEFLATE), new byte[0]);

    assertThat(wire).isEqualTo(ByteBufUtil.decodeHexDump("789c030000000001"));
    assertThat(Octets.through(() -> Coding.decoder(DEFLATE), wire)).isEmpty();
    assertThat(Octets.through(() -> Coding.decoder(DEFLATE), ByteBufUtil.decodeHexDump("0300")))
        .isEmpty();
  }

  @Test
  @Conforms("FTP-200")
  void aStreamCutAnywhereBeforeItsEndMarkFails() {
    byte[] wire = deflated(Octets.ascii("some text, some text"), false);

    for (int cut = 0; cut < wire.length; cut++) {
      byte[] part = Arrays.copyOf(wire, cut);
      assertThatThrownBy(() -> Octets.through(() -> Coding.decoder(DEFLATE), part))
          .isInstanceOf(PeerMisbehaved.class)
          .hasMessageContaining("before its end mark");
    }
  }

  @Test
  @Conforms("FTP-200")
  void aCorruptStreamFails() {
    byte[] wire = deflated(Octets.random(1_000), false);
    wire[wire.length - 1] ^= 1;

    assertThatThrownBy(() -> Octets.through(() -> Coding.decoder(DEFLATE), wire))
        .isInstanceOf(PeerMisbehaved.class)
        .hasMessageContaining("corrupt");
  }

  @Test
  @Conforms("FTP-200")
  void octetsBehindTheEndMarkFail() {
    byte[] wire = deflated(Octets.ascii("x"), false);

    for (int more : new int[] {1, 70_000}) {
      byte[] longer = Arrays.copyOf(wire, wire.length + more);
      assertThatThrownBy(() -> Octets.through(() -> Coding.decoder(DEFLATE), longer))
          .isInstanceOf(PeerMisbehaved.class)
          .hasMessageContaining(more + " octets follow");
    }
  }

  @Test
  @Conforms("FTP-200")
  void aPresetDictionaryIsRefused() {
    assertThatThrownBy(
            () ->
                Octets.through(
                    () -> Coding.decoder(DEFLATE), ByteBufUtil.decodeHexDump("78bb12345678aabb")))
        .isInstanceOf(PeerMisbehaved.class)
        .hasMessageContaining("dictionary");
  }

  /** Known attack: zlib bombs (CVE-2025-58057). */
  @Test
  @Conforms({"FTP-102", "FTP-200"})
  void aBombGoesOffInSmallPieces() {
    byte[] wire = deflated(new byte[64 * 1024 * 1024], false);
    OctetTransform decoder = Coding.decoder(DEFLATE, new InflateLimit(Long.MAX_VALUE, 1100));

    long octets = 0;
    ByteBuf part = decoder.apply(Octets.pooled(wire));
    do {
      assertThat(part.capacity()).isLessThanOrEqualTo(InflateDecoder.STEP_OCTETS);
      octets += part.readableBytes();
      part.release();
      part = decoder.apply(Unpooled.EMPTY_BUFFER);
    } while (decoder.hasMore());
    octets += part.readableBytes();
    part.release();
    decoder.finish().release();
    decoder.close();

    assertThat(octets).isEqualTo(64 * 1024 * 1024);
  }

  @Test
  @Conforms("FTP-200")
  void growthBeyondTheSizeIsCutOff() {
    byte[] wire = deflated(new byte[1_000_000], false);

    assertThatThrownBy(
            () ->
                Octets.through(
                    () -> Coding.decoder(DEFLATE, new InflateLimit(500_000, 1100)), wire))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("500000");
  }

  @Test
  @Conforms("FTP-200")
  void theDefaultCutsOffABomb() {
    byte[] wire = deflated(new byte[40 << 20], false);

    assertThatThrownBy(() -> Octets.through(() -> Coding.decoder(DEFLATE), wire))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("200 to 1");
  }

  @Test
  @Conforms("FTP-200")
  void growthBeyondTheRatioIsCutOff() {
    byte[] wire = deflated(new byte[20_000_000], false);

    assertThatThrownBy(
            () ->
                Octets.through(
                    () -> Coding.decoder(DEFLATE, new InflateLimit(100_000_000, 100)), wire))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("100 to 1");
  }

  @Test
  @Conforms("FTP-199")
  void textIsConvertedBeforeItIsCompressed() {
    TransferFormat text = DEFLATE.withType(TransferType.ASCII);

    byte[] wire = Octets.through(() -> Coding.encoder(text), Octets.ascii("a\nb\n"));

    assertThat(Octets.through(() -> Coding.decoder(DEFLATE), wire))
        .isEqualTo(Octets.ascii("a\r\nb\r\n"));
    assertThat(Octets.throughEverySplit(() -> Coding.decoder(text), wire))
        .allSatisfy(file -> assertThat(file).isEqualTo(Octets.ascii("a\nb\n")));
  }

  @Test
  @Conforms("FTP-200")
  void aTransferGivenUpHalfWayFreesWhatItHolds() {
    OctetTransform decoder = Coding.decoder(DEFLATE);
    byte[] wire = deflated(new byte[1_000_000], false);

    ByteBuf input = Octets.pooled(wire);
    decoder.apply(input).release();
    decoder.close();
    decoder.close();

    assertThat(input.refCnt()).isZero();
  }

  private static byte[] deflated(byte[] file, boolean raw) {
    Deflater deflater = new Deflater(-1, raw);
    deflater.setInput(file);
    deflater.finish();
    ByteBuf out = Unpooled.buffer();
    byte[] part = new byte[8192];
    while (!deflater.finished()) {
      out.writeBytes(part, 0, deflater.deflate(part));
    }
    deflater.end();
    return ByteBufUtil.getBytes(out);
  }
}
