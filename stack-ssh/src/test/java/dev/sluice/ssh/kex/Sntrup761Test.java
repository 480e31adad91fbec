package dev.sluice.ssh.kex;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKEMExtractor;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKEMGenerator;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKeyPairGenerator;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimePrivateKeyParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimePublicKeyParameters;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Streamlined NTRU Prime 761 beside that of Bouncy Castle; {@code TranscriptTest} has one of
 * OpenSSH.
 */
class Sntrup761Test {
  private static final SNTRUPrimeParameters PARAMETERS = SNTRUPrimeParameters.sntrup761;

  private final SecureRandom random = new SecureRandom();
  private final Sntrup761 ours = new Sntrup761();

  /**
   * A private key of draft-josefsson-ntruprime-streamlined: f, the inverse of g, the key, rho, the
   * hash.
   */
  static Kem.Decapsulator stored(byte[] octets) {
    return new Sntrup761.Private(
        small(Arrays.copyOfRange(octets, 0, 191)),
        small(Arrays.copyOfRange(octets, 191, 382)),
        Arrays.copyOfRange(octets, 382, 1540),
        Arrays.copyOfRange(octets, 1540, 1731));
  }

  private static int[] small(byte[] octets) {
    int[] small = new int[NtruPrimeRing.DEGREE];
    for (int i = 0; i < small.length; i++) {
      small[i] = (octets[i / 4] >> 2 * (i % 4) & 3) - 1;
    }
    return small;
  }

  @RepeatedTest(5)
  void anotherImplementationEncapsulatesForOurKey() {
    Kem.Decapsulator pair = ours.generate(random);

    SecretWithEncapsulation theirs =
        new SNTRUPrimeKEMGenerator(random)
            .generateEncapsulated(new SNTRUPrimePublicKeyParameters(PARAMETERS, pair.key()));

    assertThat(pair.secret(theirs.getEncapsulation())).isEqualTo(theirs.getSecret());
  }

  @RepeatedTest(2)
  void weEncapsulateForTheKeyOfAnotherImplementation() {
    SNTRUPrimePrivateKeyParameters pair = theirPair();

    Kem.Encapsulated encapsulated = ours.encapsulate(pair.getPk(), random);

    assertThat(new SNTRUPrimeKEMExtractor(pair).extractSecret(encapsulated.ciphertext()))
        .isEqualTo(encapsulated.secret());
  }

  /** Bouncy Castle differs: there the first octet that is hashed is 1, as if nothing were wrong. */
  @Test
  void aChangedCiphertextGivesASecretOfTheKeyAndTheCiphertext() throws Exception {
    SNTRUPrimePrivateKeyParameters pair = theirPair();
    Kem.Decapsulator same = stored(pair.getEncoded());
    Random places = new Random(1);
    for (int i = 0; i < 20; i++) {
      Kem.Encapsulated encapsulated = ours.encapsulate(pair.getPk(), random);
      assertThat(same.secret(encapsulated.ciphertext())).isEqualTo(encapsulated.secret());
      byte[] changed = encapsulated.ciphertext().clone();
      changed[i == 0 ? 1038 : places.nextInt(1039)] ^= (byte) (1 << places.nextInt(8));

      assertThat(same.secret(changed)).isEqualTo(rejected(pair, changed));
    }
  }

  @Test
  void octetsOfNobodysMakingGiveASecretAsWell() throws Exception {
    SNTRUPrimePrivateKeyParameters pair = theirPair();
    byte[] noise = new byte[1039];
    new Random(2).nextBytes(noise);

    assertThat(stored(pair.getEncoded()).secret(noise)).isEqualTo(rejected(pair, noise));
  }

  private static byte[] rejected(SNTRUPrimePrivateKeyParameters pair, byte[] ciphertext)
      throws NoSuchAlgorithmException {
    byte[] rho = hashed(3, pair.getRho());
    byte[] both = Arrays.copyOf(rho, rho.length + ciphertext.length);
    System.arraycopy(ciphertext, 0, both, rho.length, ciphertext.length);
    return hashed(0, both);
  }

  private static byte[] hashed(int prefix, byte[] octets) throws NoSuchAlgorithmException {
    MessageDigest hash = MessageDigest.getInstance("SHA-512");
    hash.update((byte) prefix);
    return Arrays.copyOf(hash.digest(octets), 32);
  }

  @RepeatedTest(20)
  void aPolynomialOfFixedWeightHasThatWeight() {
    assertThat(Arrays.stream(NtruPrimeRing.fixedWeight(random)).filter(it -> it != 0).count())
        .isEqualTo(NtruPrimeRing.WEIGHT);
  }

  private SNTRUPrimePrivateKeyParameters theirPair() {
    SNTRUPrimeKeyPairGenerator generator = new SNTRUPrimeKeyPairGenerator();
    generator.init(new SNTRUPrimeKeyGenerationParameters(random, PARAMETERS));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    return (SNTRUPrimePrivateKeyParameters) pair.getPrivate();
  }
}
