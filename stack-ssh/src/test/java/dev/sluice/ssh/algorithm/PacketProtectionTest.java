package dev.sluice.ssh.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cipher with every MAC that goes with it. */
final class PacketProtectionTest {
  private static final int OFFSET = 3;

  static Stream<Arguments> protections() {
    Stream<Arguments> aead =
        Ciphers.DEFAULT.stream()
            .filter(CipherAlgorithm::isAead)
            .map(cipher -> Arguments.of(cipher, Macs.NONE));
    Stream<Arguments> others =
        Stream.of(Ciphers.DEFAULT, Ciphers.LEGACY)
            .flatMap(List::stream)
            .filter(cipher -> !cipher.isAead())
            .flatMap(
                cipher ->
                    Stream.of(Macs.DEFAULT, Macs.LEGACY)
                        .flatMap(List::stream)
                        .map(mac -> Arguments.of(cipher, mac)));
    return Stream.concat(aead, others);
  }

  @ParameterizedTest
  @MethodSource("protections")
  @Conforms({"SSH-018", "SSH-019"})
  void whatIsSealedOpensToTheSame(CipherAlgorithm cipher, MacAlgorithm mac) {
    Pair pair = new Pair(cipher, mac);
    for (int payload : new int[] {1, 15, 16, 17, 1000, 32768, 100_000, 1}) {
      for (int i = 0; i < 3; i++) {
        byte[] plain = pair.packet(payload);
        byte[] wire = pair.seal(plain);

        assertThat(pair.open(wire)).isEqualTo(plain);
        assertThat(wire).hasSize(plain.length + pair.sealer.tagLength());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("protections")
  void equalPacketsLookDifferent(CipherAlgorithm cipher, MacAlgorithm mac) {
    Pair pair = new Pair(cipher, mac);
    byte[] plain = pair.packet(100);
    byte[] first = pair.seal(plain);
    byte[] second = pair.seal(plain);

    assertThat(Arrays.copyOfRange(second, 4, 20)).isNotEqualTo(Arrays.copyOfRange(first, 4, 20));
    assertThat(pair.open(first)).isEqualTo(plain);
    assertThat(pair.open(second)).isEqualTo(plain);
  }

  @ParameterizedTest
  @MethodSource("protections")
  @Conforms({"SSH-026", "SSH-107"})
  void everyFlippedBitIsNoticedAndNothingDelivered(CipherAlgorithm cipher, MacAlgorithm mac) {
    Pair probe = new Pair(cipher, mac);
    byte[] plain = probe.packet(20);
    byte[] wire = probe.seal(plain);
    for (int bit = 32; bit < wire.length * 8; bit++) {
      byte[] tampered = wire.clone();
      tampered[bit / 8] ^= (byte) (1 << bit % 8);
      Pair pair = new Pair(cipher, mac);
      byte[] out = new byte[plain.length];
      pair.opener.packetLength(0, tampered, 0);

      assertMacError(() -> pair.opener.open(0, tampered, 0, out, 0, plain.length - 4));
      assertThat(out).containsOnly(0);
    }
  }

  @ParameterizedTest
  @MethodSource("protections")
  @Conforms("SSH-026")
  void aTamperedLengthIsNoticed(CipherAlgorithm cipher, MacAlgorithm mac) {
    byte[] wire = new Pair(cipher, mac).seal(new Pair(cipher, mac).packet(20));
    for (int bit = 0; bit < 32; bit++) {
      byte[] tampered = Arrays.copyOf(wire, 4096);
      tampered[bit / 8] ^= (byte) (1 << bit % 8);
      Pair pair = new Pair(cipher, mac);
      long length = pair.opener.packetLength(0, tampered, 0);
      if (length >= 12 && length <= 2048 && pair.isAligned((int) length)) {
        assertMacError(() -> pair.opener.open(0, tampered, 0, new byte[4096], 0, (int) length));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("protections")
  @Conforms("SSH-026")
  void aPacketThatIsRepeatedOrLeftOutIsNoticed(CipherAlgorithm cipher, MacAlgorithm mac) {
    Pair repeated = new Pair(cipher, mac);
    byte[] plain = repeated.packet(64);
    byte[] first = repeated.seal(plain);
    repeated.open(first);
    assertNotDelivered(repeated, first);

    Pair leftOut = new Pair(cipher, mac);
    leftOut.seal(plain);
    assertNotDelivered(leftOut, leftOut.seal(plain));
  }

  @ParameterizedTest
  @MethodSource("protections")
  @Conforms("SSH-025")
  void theSequenceNumberWrapsFromAllOnesToZero(CipherAlgorithm cipher, MacAlgorithm mac) {
    Pair pair = new Pair(cipher, mac);
    pair.sent = -1;
    pair.received = -1;
    byte[] plain = pair.packet(10);

    assertThat(pair.open(pair.seal(plain))).isEqualTo(plain);
    assertThat(pair.sent).isZero();
    assertThat(pair.open(pair.seal(plain))).isEqualTo(plain);
  }

  @Test
  @Conforms("SSH-018")
  void beforeTheFirstKeysNothingIsChanged() {
    byte[] plain = {0, 0, 0, 12, 10, 21, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    byte[] wire = plain.clone();
    DirectionKeys none = new DirectionKeys(new byte[0], new byte[0], new byte[0]);
    PacketSealer sealer = Ciphers.NONE.sealer(Macs.NONE, none);
    PacketOpener opener = Ciphers.NONE.opener(Macs.NONE, none);
    sealer.seal(0, wire, 0, wire.length);
    byte[] out = new byte[plain.length];
    opener.open(0, wire, 0, out, 0, 12);

    assertThat(wire).isEqualTo(plain);
    assertThat(out).isEqualTo(plain);
    assertThat(opener.packetLength(0, wire, 0)).isEqualTo(12);
    assertThat(sealer.alignment()).isEqualTo(8);
    assertThat(sealer.lengthIsPadded()).isTrue();
    assertThat(sealer.tagLength()).isZero();
  }

  @Test
  void keysDoNotShowThemselves() {
    DirectionKeys keys = new DirectionKeys(new byte[] {65}, new byte[] {66}, new byte[] {67});

    assertThat(keys.toString()).doesNotContain("65", "66", "67");
    keys.close();
    assertThat(keys.iv()).containsOnly(0);
    assertThat(keys.key()).containsOnly(0);
    assertThat(keys.macKey()).containsOnly(0);
  }

  private static void assertNotDelivered(Pair pair, byte[] wire) {
    int length = wire.length - pair.opener.tagLength() - 4;
    pair.opener.packetLength(pair.received, wire, 0);
    assertMacError(
        () -> pair.opener.open(pair.received, wire, 0, new byte[wire.length], 0, length));
  }

  private static void assertMacError(Runnable opening) {
    assertThatThrownBy(opening::run)
        .asInstanceOf(InstanceOfAssertFactories.type(SshViolation.class))
        .extracting(SshViolation::reason)
        .isEqualTo(DisconnectReason.MAC_ERROR);
  }

  /** Both ends of one direction. */
  private static final class Pair {
    private final PacketSealer sealer;
    private final PacketOpener opener;
    private final FixedRandom random = new FixedRandom(1);
    private int sent;
    private int received;

    Pair(CipherAlgorithm cipher, MacAlgorithm mac) {
      sealer = cipher.sealer(mac, keys(cipher, mac));
      opener = cipher.opener(mac, keys(cipher, mac));
      assertThat(opener.alignment()).isEqualTo(sealer.alignment());
      assertThat(opener.lengthIsPadded()).isEqualTo(sealer.lengthIsPadded());
      assertThat(opener.tagLength()).isEqualTo(sealer.tagLength());
    }

    private static DirectionKeys keys(CipherAlgorithm cipher, MacAlgorithm mac) {
      FixedRandom random = new FixedRandom(7);
      byte[] iv = new byte[cipher.ivLength()];
      byte[] key = new byte[cipher.keyLength()];
      byte[] macKey = new byte[mac.keyLength()];
      random.nextBytes(iv);
      random.nextBytes(key);
      random.nextBytes(macKey);
      return new DirectionKeys(iv, key, macKey);
    }

    boolean isAligned(int packetLength) {
      int padded = opener.lengthIsPadded() ? packetLength + 4 : packetLength;
      return padded % opener.alignment() == 0;
    }

    /** A packet with that much payload, padded as it must be. */
    byte[] packet(int payload) {
      int length = 1 + payload + 4;
      while (!isAligned(length)) {
        length++;
      }
      byte[] packet = new byte[4 + length];
      random.nextBytes(packet);
      Octets.putInt(packet, 0, length);
      packet[4] = (byte) (length - 1 - payload);
      return packet;
    }

    byte[] seal(byte[] plain) {
      byte[] packet = new byte[OFFSET + plain.length + sealer.tagLength() + OFFSET];
      System.arraycopy(plain, 0, packet, OFFSET, plain.length);
      sealer.seal(sent++, packet, OFFSET, plain.length);
      assertThat(packet).startsWith(new byte[OFFSET]).endsWith(new byte[OFFSET]);
      return Arrays.copyOfRange(packet, OFFSET, packet.length - OFFSET);
    }

    byte[] open(byte[] wire) {
      byte[] in = new byte[OFFSET + wire.length];
      System.arraycopy(wire, 0, in, OFFSET, wire.length);
      byte[] head = Arrays.copyOf(in, OFFSET + opener.headLength());
      int length = (int) opener.packetLength(received, head, OFFSET);
      assertThat(length).isEqualTo(wire.length - opener.tagLength() - 4);
      byte[] out = new byte[OFFSET + 4 + length];
      opener.open(received++, in, OFFSET, out, OFFSET, length);
      assertThat(in).endsWith(wire);
      return Arrays.copyOfRange(out, OFFSET, out.length);
    }
  }
}
