package dev.sluice.ssh.kex;

import dev.sluice.ssh.Vectors;
import java.util.Arrays;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;

/** A known answer of ML-KEM-768, made from its seeds. */
record MlKemVector(String vector) {

  private MLKEMPrivateKeyParameters privateKey() {
    return new MLKEMPrivateKeyParameters(
        MLKEMParameters.ml_kem_768, Vectors.hex(vector + ".seed_d_z"));
  }

  byte[] keyHash() {
    return sha3(privateKey().getPublicKey());
  }

  Kem.Decapsulator decapsulator() {
    return MlKem768.decapsulator(privateKey());
  }

  Kem.Encapsulated encapsulated() {
    MLKEMPublicKeyParameters key =
        new MLKEMPublicKeyParameters(
            MLKEMParameters.ml_kem_768, Arrays.copyOf(privateKey().getPublicKey(), 1184));
    SecretWithEncapsulation both =
        MLKEMGenerator.internalGenerateEncapsulated(key, Vectors.hex(vector + ".encaps_m"));
    return new Kem.Encapsulated(both.getEncapsulation(), both.getSecret());
  }

  static byte[] sha3(byte[] octets) {
    SHA3Digest digest = new SHA3Digest(256);
    digest.update(octets, 0, octets.length);
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return hash;
  }
}
