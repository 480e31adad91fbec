package dev.sluice.ftp.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.PeerMisbehaved;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.TransferMode;
import dev.sluice.ftp.TransferType;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BlockModeTest {
  private static final TransferFormat BLOCKS = TransferFormat.PLAIN.withMode(TransferMode.BLOCK);

  @Test
  @Conforms("FTP-066")
  void aBlockIsADescriptorACountAndOctets() {
    assertThat(Octets.through(() -> Coding.encoder(BLOCKS), Octets.ascii("hi")))
        .isEqualTo(ByteBufUtil.decodeHexDump("0000026869" + "400000"));
  }

  @Test
  @Conforms({"FTP-067", "FTP-103"})
  void anEmptyFileIsOneEmptyBlockMarkedEof() {
    byte[] wire = Octets.through(() -> Coding.encoder(BLOCKS), new byte[0]);

    assertThat(wire).isEqualTo(ByteBufUtil.decodeHexDump("400000"));
    assertThat(Octets.through(() -> Coding.decoder(BLOCKS), wire)).isEmpty();
  }

  @Test
  @Conforms("FTP-066")
  void aFileLongerThanABlockComesBackAsItWas() {
    byte[] file = Octets.random(3 * 65_535 + 1);

    byte[] wire = Octets.through(() -> Coding.encoder(BLOCKS), file);

    assertThat(wire).hasSize(file.length + 4 * 3 + 3);
    assertThat(Octets.through(() -> Coding.decoder(BLOCKS), wire)).isEqualTo(file);
  }

  @Test
  @Conforms("FTP-066")
  void theFlagsCombineFreelyAndEveryCutIsTheSame() {
    byte[] wire =
        ByteBufUtil.decodeHexDump(
            "000000" + "80000161" + "2000026263" + "10000331322e" + "00000164" + "e0000165");

    assertThat(Octets.throughEverySplit(() -> Coding.decoder(BLOCKS), wire))
        .allSatisfy(file -> assertThat(file).isEqualTo(Octets.ascii("abcde")));
  }

  @Test
  @Conforms("FTP-066")
  void suspectOctetsAreDeliveredAndCounted() {
    BlockDecoder decoder = new BlockDecoder();

    apply(decoder, "2000026263" + "0000016a" + "60000164");

    assertThat(decoder.suspectOctets()).isEqualTo(3);
    assertThat(decoder.isComplete()).isTrue();
  }

  @Test
  @Conforms("FTP-071")
  void aRestartMarkerIsToldWithItsPlaceAndIsNoData() {
    BlockDecoder decoder = new BlockDecoder();

    byte[] file = apply(decoder, "0000026162" + "10000331323b" + "00000163" + "50000139");

    assertThat(file).isEqualTo(Octets.ascii("abc"));
    assertThat(decoder.nextMarker()).isEqualTo(new RestartMarker("12;", 2));
    assertThat(decoder.nextMarker()).isEqualTo(new RestartMarker("9", 3));
    assertThat(decoder.nextMarker()).isNull();
    assertThat(decoder.isComplete()).isTrue();
  }

  @Test
  @Conforms("FTP-071")
  void anyNumberOfRestartMarkersTakesBoundedMemory() {
    BlockDecoder decoder = new BlockDecoder();

    apply(decoder, "10000131".repeat(5_000) + "10000132");

    assertThat(markersLeft(decoder)).isEqualTo(16);
  }

  @Test
  @Conforms("FTP-071")
  void aRestartMarkerThatIsNotPrintableIsRefused() {
    assertRefused("10000120", "not printable");
    assertRefused("100001ff", "not printable");
  }

  @Test
  @Conforms("FTP-071")
  void aRestartMarkerOfMonstrousLengthIsRefusedBeforeItIsRead() {
    assertRefused("10ffff", "65535 octets");
  }

  @Test
  @Conforms("FTP-067")
  void theEndOfTheConnectionBeforeEofFailsWhereverItCuts() {
    byte[] wire = Octets.through(() -> Coding.encoder(BLOCKS), Octets.ascii("abc"));

    for (int cut = 0; cut < wire.length; cut++) {
      byte[] part = Arrays.copyOf(wire, cut);
      assertThatThrownBy(() -> Octets.through(() -> Coding.decoder(BLOCKS), part))
          .isInstanceOf(PeerMisbehaved.class)
          .hasMessageContaining("before the block marked EOF");
    }
  }

  @Test
  @Conforms("FTP-067")
  void nothingMayFollowTheBlockMarkedEof() {
    assertRefused("400000" + "00", "follow the block marked EOF");
  }

  @Test
  @Conforms("FTP-066")
  void bitsThatAreNotDefinedAreRefused() {
    assertRefused("080000", "0x8");
  }

  @Test
  @Conforms({"FTP-060", "FTP-061", "FTP-066"})
  void textIsConvertedBeforeItIsPutIntoBlocks() {
    TransferFormat text = BLOCKS.withType(TransferType.ASCII);

    byte[] wire = Octets.through(() -> Coding.encoder(text), Octets.ascii("a\nb"));

    assertThat(wire).isEqualTo(ByteBufUtil.decodeHexDump("000004610d0a62" + "400000"));
    assertThat(Octets.throughEverySplit(() -> Coding.decoder(text), wire))
        .allSatisfy(file -> assertThat(file).isEqualTo(Octets.ascii("a\nb")));
  }

  private static byte[] apply(BlockDecoder decoder, String hex) {
    ByteBuf out = decoder.apply(Octets.pooled(ByteBufUtil.decodeHexDump(hex)));
    byte[] file = ByteBufUtil.getBytes(out);
    out.release();
    return file;
  }

  private static int markersLeft(BlockDecoder decoder) {
    int count = 0;
    while (decoder.nextMarker() != null) {
      count++;
    }
    return count;
  }

  private static void assertRefused(String hex, String why) {
    assertThatThrownBy(
            () -> Octets.through(() -> Coding.decoder(BLOCKS), ByteBufUtil.decodeHexDump(hex)))
        .isInstanceOf(PeerMisbehaved.class)
        .hasMessageContaining(why);
  }
}
