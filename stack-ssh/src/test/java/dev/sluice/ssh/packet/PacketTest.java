package dev.sluice.ssh.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.DirectionKeys;
import dev.sluice.ssh.algorithm.MacAlgorithm;
import dev.sluice.ssh.algorithm.Macs;
import dev.sluice.ssh.message.TransportMessage.Ignore;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Chunks;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PacketTest {
  private static final int LIMIT = 35_000;

  private final PacketWriter writer =
      new PacketWriter(ByteBufAllocator.DEFAULT, new FixedRandom(1));
  private PacketReader reader = new PacketReader(ByteBufAllocator.DEFAULT, LIMIT);

  @AfterEach
  void close() {
    writer.close();
    reader.close();
  }

  static Stream<Arguments> protections() {
    return Stream.concat(
        Stream.of(Arguments.of(Ciphers.NONE, Macs.NONE)),
        Ciphers.DEFAULT.stream()
            .flatMap(
                cipher ->
                    (cipher.isAead() ? List.of(Macs.NONE) : Macs.DEFAULT)
                        .stream().map(mac -> Arguments.of(cipher, mac))));
  }

  @ParameterizedTest
  @MethodSource("protections")
  @Conforms({"SSH-018", "SSH-019", "SSH-028"})
  void packetsAreReadHoweverTheStreamIsCut(CipherAlgorithm cipher, MacAlgorithm mac) {
    protect(cipher, mac);
    for (int size : new int[] {0, 1, 7, 200}) {
      writer.write(new Ignore(new byte[size]));
    }
    byte[] stream = taken();

    Chunks.of(stream)
        .forEach(
            parts -> {
              reader.close();
              reader = new PacketReader(ByteBufAllocator.DEFAULT, LIMIT);
              reader.use(cipher.opener(mac, keys(cipher, mac)), true);
              assertThat(sizes(parts)).containsExactly(5, 6, 12, 205);
            });
  }

  @ParameterizedTest
  @MethodSource("protections")
  @Conforms({"SSH-018", "SSH-020", "SSH-022"})
  void theLargestPayloadThatMustBeTakenIsTaken(CipherAlgorithm cipher, MacAlgorithm mac) {
    protect(cipher, mac);
    writer.write(new Ignore(new byte[32_768 - 5]));
    byte[] stream = taken();

    assertThat(stream.length).isLessThanOrEqualTo(35_000);
    assertThat(sizes(List.of(stream))).containsExactly(32_768);
  }

  @ParameterizedTest
  @MethodSource("protections")
  @Conforms({"SSH-026", "SSH-027"})
  void anyFlippedBitIsNoticedAndNothingIsDelivered(CipherAlgorithm cipher, MacAlgorithm mac) {
    if (cipher.equals(Ciphers.NONE)) {
      return;
    }
    protect(cipher, mac);
    writer.write(new Ignore(new byte[20]));
    byte[] stream = taken();
    boolean oracle = !cipher.isAead() && !mac.encryptThenMac();

    for (int i = 0; i < stream.length; i++) {
      byte[] damaged = stream.clone();
      damaged[i] ^= 1;
      reader.close();
      reader = new PacketReader(ByteBufAllocator.DEFAULT, LIMIT);
      reader.use(cipher.opener(mac, keys(cipher, mac)), true);
      SshViolation violation = violation(damaged);
      // A damaged length may ask for more than there is; then nothing comes out either.
      if (violation != null && (oracle || i >= 4)) {
        assertThat(violation.reason()).isEqualTo(DisconnectReason.MAC_ERROR);
      }
      assertThat(i < 4 || violation != null).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 11, 35_004, 0x7FFF_FFFF, 0x8000_0000, -1})
  @Conforms({"SSH-021", "SSH-014"})
  void aBadLengthIsRefusedBeforeAnythingIsKept(int length) {
    ByteBuf head = Unpooled.buffer().writeInt(length);

    reader.receive(head);
    assertThatThrownBy(reader::next)
        .isInstanceOfSatisfying(
            SshViolation.class,
            it -> assertThat(it.reason()).isEqualTo(DisconnectReason.PROTOCOL_ERROR));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 11, 12, 255})
  @Conforms({"SSH-020", "SSH-024"})
  void badPaddingIsRefused(int padding) {
    ByteBuf packet = Unpooled.buffer().writeInt(12).writeByte(padding).writeZero(11);

    reader.receive(packet);
    assertThatThrownBy(reader::next).isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms("SSH-025")
  void packetsAreCountedFromZeroAndOnlyARestartChangesThat() {
    writer.write(new Ignore(new byte[1]));
    writer.write(new Ignore(new byte[1]));
    sizes(List.of(taken()));
    assertThat(reader.lastSequence()).isEqualTo(1);

    writer.use(Ciphers.NONE.sealer(Macs.NONE, keys(Ciphers.NONE, Macs.NONE)), false);
    reader.use(Ciphers.NONE.opener(Macs.NONE, keys(Ciphers.NONE, Macs.NONE)), false);
    writer.write(new Ignore(new byte[1]));
    sizes(List.of(taken()));
    assertThat(reader.lastSequence()).isEqualTo(2);

    reader.use(Ciphers.NONE.opener(Macs.NONE, keys(Ciphers.NONE, Macs.NONE)), true);
    writer.write(new Ignore(new byte[1]));
    sizes(List.of(taken()));
    assertThat(reader.lastSequence()).isZero();
  }

  @Test
  @Conforms("SSH-075")
  void packetsAreNotCountedFromZeroAgainBeforeThereAreKeys() {
    writer.write(new Ignore(new byte[1]));
    writer.write(new Ignore(new byte[1]));
    byte[] two = taken();
    reader = new PacketReader(ByteBufAllocator.DEFAULT, LIMIT, -2);
    assertThatThrownBy(() -> sizes(List.of(two)))
        .isInstanceOf(SshViolation.class)
        .hasMessageContaining("before the first keys");
    assertThat(reader.lastSequence()).isEqualTo(-2);

    reader = new PacketReader(ByteBufAllocator.DEFAULT, LIMIT, -2);
    reader.use(Ciphers.NONE.opener(Macs.NONE, keys(Ciphers.NONE, Macs.NONE)), false);
    assertThat(sizes(List.of(two))).hasSize(2);
  }

  @Test
  void cve20085161InCbcABadLengthShowsOnlyAfterAsManyOctetsAsAPacketMayHave() {
    for (CipherAlgorithm cipher : List.of(Ciphers.AES128_CBC, Ciphers.TRIPLE_DES_CBC)) {
      DirectionKeys keys = keys(cipher, Macs.SHA256);
      int limit = 1000;
      try (PacketReader small = new PacketReader(UnpooledByteBufAllocator.DEFAULT, limit)) {
        small.use(cipher.opener(Macs.SHA256, keys), true);
        byte[] noise = new byte[4 + limit + Macs.SHA256.tagLength()];
        ByteBuf allButOne = Unpooled.wrappedBuffer(noise, 0, noise.length - 1);
        small.receive(allButOne);
        assertThat(small.next()).isNull();
        small.keep();

        small.receive(Unpooled.wrappedBuffer(new byte[1]));
        assertThatThrownBy(small::next)
            .isInstanceOf(SshViolation.class)
            .hasMessageContaining("the MAC is wrong");
      }
    }
  }

  @Test
  void manyPacketsShareOneBuffer() {
    for (int i = 0; i < 4; i++) {
      ByteBuf data = Unpooled.buffer().writeZero(PacketWriter.MAX_DATA);
      writer.writeData(0, 0, data, data.readableBytes());
    }

    ByteBuf batch = writer.take();
    assertThat(batch.readableBytes()).isGreaterThan(4 * PacketWriter.MAX_DATA);
    assertThat(writer.take()).isNull();
    batch.release();
  }

  private void protect(CipherAlgorithm cipher, MacAlgorithm mac) {
    writer.use(cipher.sealer(mac, keys(cipher, mac)), true);
    reader.use(cipher.opener(mac, keys(cipher, mac)), true);
  }

  private static DirectionKeys keys(CipherAlgorithm cipher, MacAlgorithm mac) {
    FixedRandom random = new FixedRandom(5);
    byte[] iv = new byte[cipher.ivLength()];
    byte[] key = new byte[cipher.keyLength()];
    byte[] macKey = new byte[mac.keyLength()];
    random.nextBytes(iv);
    random.nextBytes(key);
    random.nextBytes(macKey);
    return new DirectionKeys(iv, key, macKey);
  }

  private byte[] taken() {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf out = writer.take(); out != null; out = writer.take()) {
      all.writeBytes(out);
      out.release();
    }
    return ByteBufUtil.getBytes(all);
  }

  private List<Integer> sizes(List<byte[]> parts) {
    List<Integer> sizes = new ArrayList<>();
    for (byte[] part : parts) {
      reader.receive(Unpooled.wrappedBuffer(part));
      for (ByteBuf payload = reader.next(); payload != null; payload = reader.next()) {
        sizes.add(payload.readableBytes());
        payload.release();
      }
      reader.keep();
    }
    return sizes;
  }

  private SshViolation violation(byte[] stream) {
    try {
      sizes(List.of(stream));
      return null;
    } catch (SshViolation e) {
      return e;
    }
  }
}
