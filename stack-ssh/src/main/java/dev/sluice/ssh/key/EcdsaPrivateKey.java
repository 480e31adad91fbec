package dev.sluice.ssh.key;

import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Mpint;
import dev.sluice.ssh.wire.SshString;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/**
 * An ECDSA private key. Nonces are those of RFC 6979: the key's safety does not depend on random
 * numbers, and nonces are spread over the whole range (CVE-2024-31497).
 */
public final class EcdsaPrivateKey implements SshPrivateKey {
  private final EcdsaPublicKey publicKey;
  private ECPrivateKeyParameters parameters;

  /** The key with the private number {@code scalar}, 1 to n-1. */
  public EcdsaPrivateKey(Curve curve, BigInteger scalar) {
    this.parameters = new ECPrivateKeyParameters(scalar, curve.domain());
    this.publicKey = new EcdsaPublicKey(curve, curve.multiplyBase(scalar));
  }

  public static EcdsaPrivateKey generate(Curve curve, SecureRandom random) {
    return new EcdsaPrivateKey(curve, curve.randomScalar(random));
  }

  /** The private number, for code that stores the key. */
  public BigInteger scalar() {
    return parameters.getD();
  }

  @Override
  public EcdsaPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] signFields(SignatureAlgorithm algorithm, byte[] data) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(digest()));
    signer.init(true, parameters);
    BigInteger[] numbers = signer.generateSignature(algorithm.hash().of(data));
    return Encoded.bytes(
        out ->
            SshString.write(
                out,
                Encoded.bytes(
                    pair -> {
                      Mpint.write(pair, numbers[0]);
                      Mpint.write(pair, numbers[1]);
                    })));
  }

  private Digest digest() {
    return switch (publicKey.curve()) {
      case NISTP256 -> new SHA256Digest();
      case NISTP384 -> new SHA384Digest();
      case NISTP521 -> new SHA512Digest();
    };
  }

  /** Forgets the number; Java offers no way to overwrite it. */
  @Override
  public void close() {
    parameters = new ECPrivateKeyParameters(BigInteger.ONE, publicKey.curve().domain());
  }

  @Override
  public String toString() {
    return "private key of " + publicKey;
  }
}
