package dev.sluice.ssh.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Vectors;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

/** Poly1305 by its known answer and beside another implementation. */
final class Poly1305Test {

  @Test
  @Conforms("SSH-103")
  void theTagIsThatOfRfc8439() {
    assertThat(tag(Vectors.hex("poly1305.key"), Vectors.hex("poly1305.message")))
        .isEqualTo(Vectors.hex("poly1305.tag"));
  }

  @Test
  @Conforms("SSH-103")
  void everyLengthGivesTheTagThatBouncyCastleGives() {
    FixedRandom random = new FixedRandom(4);
    for (int length = 0; length < 400; length++) {
      byte[] key = new byte[32];
      byte[] message = new byte[length];
      random.nextBytes(key);
      random.nextBytes(message);

      assertThat(tag(key, message)).isEqualTo(reference(key, message));
    }
  }

  @Test
  @Conforms("SSH-103")
  void numbersAtTheBorderOfTheModulusGiveTheTagThatBouncyCastleGives() {
    byte[][] blocks = {
      filled(0xFF), filled(0x00), withFirst(0xFB), withFirst(0xFA), withFirst(0xFC)
    };
    byte[][] keys = {filled32(0xFF), filled32(0x00), one(), filled32(0x0F), withoutPad(0xFF)};
    FixedRandom random = new FixedRandom(5);
    for (byte[] key : keys) {
      for (int round = 0; round < 2000; round++) {
        byte[] message = new byte[16 * (1 + round % 7) + round % 3 * 5];
        for (int at = 0; at < message.length; at += 16) {
          byte[] block = blocks[(random.nextInt() & 0x7FFFFFFF) % blocks.length];
          System.arraycopy(block, 0, message, at, Math.min(16, message.length - at));
        }
        assertThat(tag(key, message)).isEqualTo(reference(key, message));
      }
    }
  }

  private static byte[] tag(byte[] key, byte[] message) {
    byte[] tag = new byte[16];
    Poly1305 poly1305 = new Poly1305();
    poly1305.begin(key);
    poly1305.finish(message, 0, message.length, tag, 0);
    return tag;
  }

  private static byte[] reference(byte[] key, byte[] message) {
    byte[] tag = new byte[16];
    org.bouncycastle.crypto.macs.Poly1305 poly1305 = new org.bouncycastle.crypto.macs.Poly1305();
    poly1305.init(new KeyParameter(key));
    poly1305.update(message, 0, message.length);
    poly1305.doFinal(tag, 0);
    return tag;
  }

  private static byte[] filled(int octet) {
    byte[] octets = new byte[16];
    Arrays.fill(octets, (byte) octet);
    return octets;
  }

  private static byte[] filled32(int octet) {
    byte[] octets = new byte[32];
    Arrays.fill(octets, (byte) octet);
    return octets;
  }

  private static byte[] withoutPad(int octet) {
    byte[] octets = new byte[32];
    Arrays.fill(octets, 0, 16, (byte) octet);
    return octets;
  }

  private static byte[] withFirst(int octet) {
    byte[] octets = filled(0xFF);
    octets[0] = (byte) octet;
    return octets;
  }

  /** r = 1: the tag is the sum of the blocks. */
  private static byte[] one() {
    byte[] octets = new byte[32];
    octets[0] = 1;
    return octets;
  }
}
