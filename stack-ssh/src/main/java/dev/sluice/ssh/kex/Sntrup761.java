package dev.sluice.ssh.kex;

import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKEMExtractor;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKEMGenerator;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKeyPairGenerator;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimePrivateKeyParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimePublicKeyParameters;

/** Streamlined NTRU Prime 761 (draft-josefsson-ntruprime-streamlined). */
final class Sntrup761 implements Kem {
  private static final SNTRUPrimeParameters PARAMETERS = SNTRUPrimeParameters.sntrup761;

  @Override
  public int keyBytes() {
    return 1158;
  }

  @Override
  public int ciphertextBytes() {
    return 1039;
  }

  @Override
  public Decapsulator generate(SecureRandom random) {
    SNTRUPrimeKeyPairGenerator generator = new SNTRUPrimeKeyPairGenerator();
    generator.init(new SNTRUPrimeKeyGenerationParameters(random, PARAMETERS));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    return decapsulator((SNTRUPrimePrivateKeyParameters) pair.getPrivate());
  }

  static Decapsulator decapsulator(SNTRUPrimePrivateKeyParameters privateKey) {
    byte[] key = privateKey.getPk();
    SNTRUPrimeKEMExtractor extractor = new SNTRUPrimeKEMExtractor(privateKey);
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
    SecretWithEncapsulation both =
        new SNTRUPrimeKEMGenerator(random)
            .generateEncapsulated(new SNTRUPrimePublicKeyParameters(PARAMETERS, key));
    return new Encapsulated(both.getEncapsulation(), both.getSecret());
  }
}
