package dev.sluice.ssh.key;

import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;

/** An RSA private key. Signs with PKCS#1 v1.5 (RFC 8332 section 3). */
public final class RsaPrivateKey implements SshPrivateKey {
  private final RsaPublicKey publicKey;
  private final RSAPrivateCrtKey key;

  /** The key that {@code key} holds. */
  public RsaPrivateKey(RSAPrivateCrtKey key) {
    this.key = key;
    this.publicKey = new RsaPublicKey(key.getPublicExponent(), key.getModulus());
  }

  /**
   * The key with these numbers, as they are in key files.
   *
   * @throws IllegalArgumentException if they do not belong together
   */
  public static RsaPrivateKey of(RsaPublicKey publicKey, BigInteger d, BigInteger p, BigInteger q) {
    BigInteger n = publicKey.modulus();
    if (p.signum() <= 0 || q.signum() <= 0 || !p.multiply(q).equals(n)) {
      throw new IllegalArgumentException("p and q are not the factors of the modulus");
    }
    if (!isInverse(publicKey.exponent(), d, p) || !isInverse(publicKey.exponent(), d, q)) {
      throw new IllegalArgumentException("the exponents do not belong together");
    }
    try {
      RSAPrivateCrtKeySpec spec =
          new RSAPrivateCrtKeySpec(
              n,
              publicKey.exponent(),
              d,
              p,
              q,
              d.mod(p.subtract(BigInteger.ONE)),
              d.mod(q.subtract(BigInteger.ONE)),
              q.modInverse(p));
      return new RsaPrivateKey(
          (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(spec));
    } catch (GeneralSecurityException | ArithmeticException e) {
      throw new IllegalArgumentException("the numbers are no RSA key", e);
    }
  }

  private static boolean isInverse(BigInteger e, BigInteger d, BigInteger prime) {
    BigInteger order = prime.subtract(BigInteger.ONE);
    return order.signum() > 0 && e.multiply(d).mod(order).equals(BigInteger.ONE);
  }

  public static RsaPrivateKey generate(int bits, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4), random);
      return new RsaPrivateKey((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("an RSA key of " + bits + " bits", e);
    }
  }

  /** The numbers, for code that stores the key. */
  public RSAPrivateCrtKey key() {
    return key;
  }

  @Override
  public RsaPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] signFields(SignatureAlgorithm algorithm, byte[] data) {
    try {
      Signature signer = Signature.getInstance(jcaName(algorithm));
      signer.initSign(key);
      signer.update(data);
      byte[] signature = signer.sign();
      return Encoded.bytes(out -> SshString.write(out, signature));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with " + publicKey, e);
    }
  }

  static String jcaName(SignatureAlgorithm algorithm) {
    return switch (algorithm.hash()) {
      case SHA1 -> "SHA1withRSA";
      case SHA256 -> "SHA256withRSA";
      case SHA384 -> "SHA384withRSA";
      case SHA512 -> "SHA512withRSA";
    };
  }

  /** Nothing to overwrite: Java keeps RSA keys in immutable numbers. */
  @Override
  public void close() {}

  @Override
  public String toString() {
    return "private key of " + publicKey;
  }
}
