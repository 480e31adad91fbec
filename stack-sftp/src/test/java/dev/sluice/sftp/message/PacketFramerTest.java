package dev.sluice.sftp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Chunks;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets in a stream of octets. */
final class PacketFramerTest {
  private static final ByteBufAllocator POOL = ByteBufAllocator.DEFAULT;

  @Test
  @Conforms("SFTP-002")
  void packetsAreFoundHoweverTheStreamIsCut() {
    List<byte[]> packets = List.of(new byte[] {1}, new byte[] {2, 3, 4}, new byte[] {5, 6});
    ByteBuf stream = Unpooled.buffer();
    packets.forEach(packet -> stream.writeInt(packet.length).writeBytes(packet));

    Chunks.buffers(ByteBufUtil.getBytes(stream))
        .forEach(chunks -> assertThat(feed(chunks)).containsExactlyElementsOf(packets));
  }

  @Test
  @Conforms("SFTP-002")
  void largePacketsAreFoundInPiecesOfAnyLength() {
    Random random = new Random(4);
    List<byte[]> packets = new ArrayList<>();
    ByteBuf stream = Unpooled.buffer();
    for (int i = 0; i < 20; i++) {
      byte[] packet = new byte[1 + random.nextInt(i % 2 == 0 ? 100_000 : 50)];
      random.nextBytes(packet);
      packets.add(packet);
      stream.writeInt(packet.length).writeBytes(packet);
    }
    for (int round = 0; round < 20; round++) {
      ByteBuf rest = stream.duplicate();
      List<ByteBuf> chunks = new ArrayList<>();
      while (rest.isReadable()) {
        int length = Math.min(rest.readableBytes(), 1 + random.nextInt(40_000));
        chunks.add(POOL.buffer(length).writeBytes(rest, length));
      }
      assertThat(feed(chunks)).containsExactlyElementsOf(packets);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, PacketFramer.DEFAULT_MAX_PACKET + 1, 0x7FFF_FFFFL, 0xFFFF_FFFFL})
  @Conforms({"SFTP-003", "SFTP-004"})
  void aLengthThatNoPacketHasEndsTheStreamBeforeItsBody(long length) {
    PacketFramer framer = new PacketFramer(POOL, PacketFramer.DEFAULT_MAX_PACKET);
    framer.add(Unpooled.buffer().writeInt((int) length));

    assertThatThrownBy(framer::next).isInstanceOf(SshViolation.class);
    framer.clear();
  }

  @Test
  @Conforms("SFTP-003")
  void theLongestPacketIsTaken() {
    PacketFramer framer = new PacketFramer(POOL, PacketFramer.DEFAULT_MAX_PACKET);
    framer.add(
        Unpooled.buffer()
            .writeInt(PacketFramer.DEFAULT_MAX_PACKET)
            .writeZero(PacketFramer.DEFAULT_MAX_PACKET));

    ByteBuf packet = framer.next();

    assertThat(packet.readableBytes()).isEqualTo(PacketFramer.DEFAULT_MAX_PACKET);
    packet.release();
  }

  @Test
  void whatWaitsIsReleased() {
    PacketFramer framer = new PacketFramer(POOL, 1000);
    ByteBuf piece = POOL.buffer().writeInt(100).writeByte(1);
    framer.add(piece);
    assertThat(framer.next()).isNull();
    assertThat(framer.isInside()).isTrue();

    framer.clear();

    assertThat(piece.refCnt()).isZero();
  }

  private static List<byte[]> feed(List<ByteBuf> chunks) {
    PacketFramer framer = new PacketFramer(POOL, PacketFramer.DEFAULT_MAX_PACKET);
    List<byte[]> found = new ArrayList<>();
    for (ByteBuf chunk : chunks) {
      framer.add(chunk);
      for (ByteBuf packet = framer.next(); packet != null; packet = framer.next()) {
        found.add(ByteBufUtil.getBytes(packet));
        packet.release();
      }
    }
    assertThat(framer.isInside()).isFalse();
    return found;
  }
}
