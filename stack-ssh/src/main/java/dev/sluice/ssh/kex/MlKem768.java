package dev.sluice.ssh.kex;

import dev.sluice.ssh.wire.SshViolation;
import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.generators.MLKEMKeyPairGenerator;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;

/** ML-KEM-768 (FIPS 203). */
final class MlKem768 implements Kem {
  private static final int KEY_BYTES = 1184;
  private static final int POLYNOMIAL_BYTES = 1152;
  private static final int MODULUS = 3329;

  @Override
  public int keyBytes() {
    return KEY_BYTES;
  }

  @Override
  public int ciphertextBytes() {
    return 1088;
  }

  @Override
  public Decapsulator generate(SecureRandom random) {
    MLKEMKeyPairGenerator generator = new MLKEMKeyPairGenerator();
    generator.init(new MLKEMKeyGenerationParameters(random, MLKEMParameters.ml_kem_768));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    return decapsulator((MLKEMPrivateKeyParameters) pair.getPrivate());
  }

  static Decapsulator decapsulator(MLKEMPrivateKeyParameters privateKey) {
    byte[] key = privateKey.getPublicKey();
    MLKEMExtractor extractor = new MLKEMExtractor(privateKey);
    return new Decapsulator() {
      @Override
      public byte[] key() {
        return key;
      }

      @Override
      public byte[] secret(byte[] ciphertext) {
        return extractor.extractSecret(ciphertext);
      }
    };
  }

  @Override
  public Encapsulated encapsulate(byte[] key, SecureRandom random) {
    requireReduced(key);
    SecretWithEncapsulation both =
        new MLKEMGenerator(random)
            .generateEncapsulated(new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, key));
    return new Encapsulated(both.getEncapsulation(), both.getSecret());
  }

  /** FIPS 203 section 7.2: every coefficient, 12 bits each, is below the modulus. */
  private static void requireReduced(byte[] key) {
    for (int i = 0; i < POLYNOMIAL_BYTES; i += 3) {
      int even = key[i] & 0xFF | (key[i + 1] & 0x0F) << 8;
      int odd = (key[i + 1] & 0xF0) >> 4 | (key[i + 2] & 0xFF) << 4;
      if (even >= MODULUS || odd >= MODULUS) {
        throw SshViolation.keyExchange("an ML-KEM key with a coefficient above its modulus");
      }
    }
  }
}
