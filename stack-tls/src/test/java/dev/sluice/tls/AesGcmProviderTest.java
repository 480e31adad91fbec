package dev.sluice.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.Security;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AesGcmProviderTest {
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int TAG = 16;
  private static final int BEFORE = 5;
  private static final byte[] HEADER = {23, 3, 3, 0, 1};

  private final Random random = new Random(7);
  private final SecretKeySpec key = new SecretKeySpec(octets(16), "AES");
  private final GCMParameterSpec nonce = new GCMParameterSpec(8 * TAG, octets(12));
  private final AesGcmProvider provider = new AesGcmProvider();

  static IntStream lengths() {
    return IntStream.concat(
        IntStream.range(0, 100), IntStream.of(511, 512, 513, 8191, 16383, 16384, 16500, 70_000));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void aRecordIsOpenedInPlace(int length) throws Exception {
    byte[] plaintext = octets(length);
    byte[] record = sealed(plaintext);

    ByteBuffer target = ByteBuffer.wrap(record, BEFORE, record.length - BEFORE).slice();
    ByteBuffer source = target.duplicate();
    int opened = opener().doFinal(source, target);

    assertThat(opened).isEqualTo(length);
    assertThat(source.hasRemaining()).isFalse();
    assertThat(target.position()).isEqualTo(length);
    assertThat(Arrays.copyOfRange(record, BEFORE, BEFORE + length)).isEqualTo(plaintext);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void anArrayIsOpenedInPlace(int length) throws Exception {
    byte[] plaintext = octets(length);
    byte[] record = sealed(plaintext);

    int opened = opener().doFinal(record, BEFORE, length + TAG, record, BEFORE);

    assertThat(opened).isEqualTo(length);
    assertThat(Arrays.copyOfRange(record, BEFORE, BEFORE + length)).isEqualTo(plaintext);
  }

  @Test
  void whatComesInPartsOrLiesElsewhereIsOpenedToo() throws Exception {
    byte[] plaintext = octets(3000);
    byte[] record = sealed(plaintext);

    Cipher parts = opener();
    byte[] first = parts.update(record, BEFORE, 1000);
    byte[] rest = parts.doFinal(record, BEFORE + 1000, record.length - BEFORE - 1000);
    ByteBuffer direct = ByteBuffer.allocateDirect(plaintext.length);
    opener().doFinal(ByteBuffer.wrap(record, BEFORE, record.length - BEFORE), direct);
    direct.flip();

    byte[] both = Arrays.copyOf(first, plaintext.length);
    System.arraycopy(rest, 0, both, first.length, rest.length);
    assertThat(both).isEqualTo(plaintext);
    assertThat(direct).isEqualTo(ByteBuffer.wrap(plaintext));
  }

  @Test
  void aForgedRecordIsRefused() throws Exception {
    byte[] record = sealed(octets(2000));
    record[BEFORE + 700] ^= 1;
    ByteBuffer target = ByteBuffer.wrap(record, BEFORE, record.length - BEFORE);

    assertThatThrownBy(() -> opener().doFinal(target.duplicate(), target))
        .isInstanceOf(AEADBadTagException.class);
  }

  @Test
  void isWhatTheMachineGivesOnceInstalled() throws Exception {
    AesGcmProvider.install();
    try {
      AesGcmProvider.install();
      Cipher given = Cipher.getInstance(TRANSFORMATION);

      assertThat(given.getProvider().getName()).isEqualTo(provider.getName());
      assertThat(Security.getProviders())
          .filteredOn(one -> one.getName().equals(provider.getName()))
          .hasSize(1);
    } finally {
      Security.removeProvider(provider.getName());
    }
  }

  private Cipher opener() throws Exception {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION, provider);
    cipher.init(Cipher.DECRYPT_MODE, key, nonce);
    cipher.updateAAD(HEADER);
    return cipher;
  }

  /** A few octets, then ciphertext and tag as the JDK makes them. */
  private byte[] sealed(byte[] plaintext) throws Exception {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION, "SunJCE");
    cipher.init(Cipher.ENCRYPT_MODE, key, nonce);
    cipher.updateAAD(HEADER);
    byte[] record = new byte[BEFORE + plaintext.length + TAG];
    cipher.doFinal(plaintext, 0, plaintext.length, record, BEFORE);
    return record;
  }

  private byte[] octets(int count) {
    byte[] octets = new byte[count];
    random.nextBytes(octets);
    return octets;
  }
}
