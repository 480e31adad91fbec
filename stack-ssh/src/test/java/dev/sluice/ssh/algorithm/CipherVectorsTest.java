package dev.sluice.ssh.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Vectors;
import dev.sluice.test.Conforms;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Known answers of the ciphers and MACs. */
final class CipherVectorsTest {

  static Stream<String> ctr() {
    return Vectors.elements("aes_ctr.cases");
  }

  static Stream<String> hmac() {
    return Vectors.elements("hmac.cases");
  }

  @ParameterizedTest
  @MethodSource("ctr")
  @Conforms("SSH-105")
  void theCounterRunsOnFromPacketToPacket(String vector) throws Exception {
    byte[] key = Vectors.hex(vector + ".key");
    byte[] plain = Vectors.hex("aes_ctr.plaintext");
    byte[] expected = Vectors.hex(vector + ".ciphertext");
    DirectionKeys keys =
        new DirectionKeys(Vectors.hex("aes_ctr.initial_counter"), key, new byte[32]);
    CipherAlgorithm cipher =
        Ciphers.DEFAULT.stream()
            .filter(it -> it.name().equals("aes" + key.length * 8 + "-ctr"))
            .findFirst()
            .orElseThrow();
    PacketSealer sealer = cipher.sealer(Macs.SHA256, keys);
    byte[] first = Arrays.copyOf(Arrays.copyOf(plain, 32), 64);
    byte[] second = Arrays.copyOf(Arrays.copyOfRange(plain, 32, 64), 64);
    sealer.seal(0, first, 0, 32);
    sealer.seal(1, second, 0, 32);

    assertThat(Arrays.copyOf(first, 32)).isEqualTo(Arrays.copyOf(expected, 32));
    assertThat(Arrays.copyOf(second, 32)).isEqualTo(Arrays.copyOfRange(expected, 32, 64));
  }

  @Test
  @Conforms("SSH-105")
  void theCounterCarriesThroughAllSixteenOctets() {
    DirectionKeys keys =
        new DirectionKeys(
            Vectors.hex("aes_ctr.carry_case.initial_counter"),
            Vectors.hex("aes_ctr.carry_case.key"),
            new byte[32]);
    byte[] packet = new byte[64];
    Ciphers.AES128_CTR.sealer(Macs.SHA256, keys).seal(0, packet, 0, 32);

    assertThat(Arrays.copyOf(packet, 32))
        .isEqualTo(Vectors.hex("aes_ctr.carry_case.keystream_2_blocks"));
  }

  @Test
  @Conforms("SSH-104")
  void onlyTheEightOctetsOfTheNonceCountAndTheyWrap() {
    GcmNonce nonce = new GcmNonce(Vectors.hex("aes_gcm.nonce_sequence.initial_iv"));
    List<String> expected = Vectors.elements("aes_gcm.nonce_sequence.nonces").toList();

    assertThat(expected).hasSize(4);
    for (String key : expected) {
      assertThat(nonce.next().getIV()).isEqualTo(Vectors.hex(key));
    }
  }

  @Test
  @Conforms({"SSH-102", "SSH-103"})
  void chaChaUsesItsTwoKeysInTheRightOrder() {
    String vector = "chacha20_poly1305_openssh_packet";
    DirectionKeys keys =
        new DirectionKeys(new byte[0], Vectors.hex(vector + ".derived_key_64_bytes"), new byte[0]);
    byte[] plain = Vectors.hex(vector + ".packet_plaintext");
    byte[] packet = Arrays.copyOf(plain, plain.length + 16);
    Ciphers.CHACHA20_POLY1305
        .sealer(Macs.NONE, keys)
        .seal(Vectors.decimal(vector + ".sequence_number"), packet, 0, plain.length);

    assertThat(Arrays.copyOf(packet, 4)).isEqualTo(Vectors.hex(vector + ".encrypted_length"));
    assertThat(Arrays.copyOfRange(packet, 4, plain.length))
        .isEqualTo(Vectors.hex(vector + ".encrypted_rest"));
    assertThat(Arrays.copyOfRange(packet, plain.length, packet.length))
        .isEqualTo(Vectors.hex(vector + ".tag"));
  }

  @ParameterizedTest
  @MethodSource("hmac")
  @Conforms("SSH-106")
  void theMacsAreThoseOfRfc4231(String vector) {
    Mac sha256 = Jdk.mac(Macs.SHA256.jcaName(), Vectors.hex(vector + ".key"));
    Mac sha512 = Jdk.mac(Macs.SHA512.jcaName(), Vectors.hex(vector + ".key"));
    byte[] data = Vectors.hex(vector + ".data");

    assertThat(sha256.doFinal(data)).isEqualTo(Vectors.hex(vector + ".hmac_sha2_256"));
    assertThat(sha512.doFinal(data)).isEqualTo(Vectors.hex(vector + ".hmac_sha2_512"));
  }
}
