package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bytes allocated for an operation of the data path, which do not depend on how busy a machine is.
 * The bounds are what was measured on JDK 17 and 25, whichever is more, and a quarter on top: a
 * change that allocates more has to raise one here, and to say why.
 */
final class AllocationTest {
  private static final int PACKET = 32 * 1024;

  @ParameterizedTest
  @CsvSource({
    "aes128-gcm@openssh.com, 2830",
    "aes256-gcm@openssh.com, 2830",
    "chacha20-poly1305@openssh.com, 980",
    "aes128-ctr hmac-sha2-256-etm@openssh.com, 340",
    "aes256-ctr hmac-sha2-512-etm@openssh.com, 420",
    "aes128-ctr hmac-sha2-256, 380",
  })
  void anSshPacketIsSealedAndOpened(String algorithms, double bound) {
    ByteBuf data = zeros(PACKET);
    try (SshPacketPipe pipe = new SshPacketPipe(algorithms)) {
      int packets = 4;
      assertThat(Allocation.of(() -> pipe.send(data, packets)) / packets)
          .isLessThanOrEqualTo(bound);
    } finally {
      data.release();
    }
  }

  @ParameterizedTest
  @CsvSource({"16384, 9790", "262144, 25040"})
  void aTlsRecordIsSealedAndOpened(int octets, double bound) {
    ByteBuf data = zeros(octets);
    try (TlsPipe pipe = new TlsPipe(TlsContender.SLUICE)) {
      int records = (octets + 16_383) / 16_384;
      assertThat(Allocation.of(() -> pipe.send(data.retainedDuplicate())) / records)
          .isLessThanOrEqualTo(bound);
    } finally {
      data.release();
    }
  }

  @Test
  void anFtpLineIsDecoded() {
    FtpCodec codec = new FtpCodec();
    assertThat(Allocation.of(() -> codec.line().octets().length)).isLessThanOrEqualTo(90);
  }

  @Test
  void anFtpReplyIsDecoded() {
    FtpCodec codec = new FtpCodec();
    assertThat(Allocation.of(() -> codec.reply().code())).isLessThanOrEqualTo(330);
  }

  @Test
  void anFtpCommandIsEncoded() {
    FtpCodec codec = new FtpCodec();
    assertThat(Allocation.of(codec::command)).isLessThanOrEqualTo(250);
  }

  @Test
  void anEntryOfMlsdIsParsed() {
    FtpCodec codec = new FtpCodec();
    assertThat(Allocation.of(() -> codec.mlsd(100)) / 100).isLessThanOrEqualTo(4500);
  }

  @Test
  void anSftpReadIsEncodedAndDecoded() {
    try (SftpCodec codec = new SftpCodec(PACKET)) {
      assertThat(Allocation.of(codec::read)).isLessThanOrEqualTo(360);
    }
  }

  @Test
  void anSftpWriteIsEncodedAndDecodedWithoutACopyOfItsData() {
    try (SftpCodec codec = new SftpCodec(PACKET)) {
      assertThat(Allocation.of(codec::write)).isLessThanOrEqualTo(780);
    }
  }

  @Test
  void sftpDataIsEncodedAndDecodedWithoutACopy() {
    try (SftpCodec codec = new SftpCodec(PACKET)) {
      assertThat(Allocation.of(codec::data)).isLessThanOrEqualTo(710);
    }
  }

  private static ByteBuf zeros(int octets) {
    return PooledByteBufAllocator.DEFAULT.heapBuffer(octets).writeZero(octets);
  }
}
