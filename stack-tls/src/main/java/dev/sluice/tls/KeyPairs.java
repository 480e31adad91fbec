package dev.sluice.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;

/**
 * Checks that two keys belong together, so that a file replaced before its counterpart fails here
 * and not at peers.
 */
final class KeyPairs {
  private static final byte[] SAMPLE = {1, 2, 3, 4};

  private KeyPairs() {}

  /** Whether {@code known} verifies what {@code secret} signs; both are of the same family. */
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
