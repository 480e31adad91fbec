package dev.sluice.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;

/** Whether keys belong together: a file replaced before its other half shows here, not to peers. */
final class KeyPairs {
  private static final byte[] SAMPLE = {1, 2, 3, 4};

  private KeyPairs() {}

  /** Whether what {@code secret} signs is what {@code known} verifies; of the same family. */
  static boolean match(PrivateKey secret, PublicKey known) {
    if (secret instanceof RSAKey ours && known instanceof RSAKey theirs) {
      return ours.getModulus().equals(theirs.getModulus());
    }
    String algorithm = known.getAlgorithm().startsWith("EC") ? "SHA256withECDSA" : "EdDSA";
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(secret);
      signer.update(SAMPLE);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(known);
      verifier.update(SAMPLE);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
