package dev.sluice.ssh.key;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.wire.SshViolation;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** The curves of RFC 5656 section 10.1. */
@SuppressWarnings("ImmutableEnumChecker") // Bouncy Castle's parameters are, and do not say so
public enum Curve {
  NISTP256("nistp256", "secp256r1", HashAlgorithm.SHA256),
  NISTP384("nistp384", "secp384r1", HashAlgorithm.SHA384),
  NISTP521("nistp521", "secp521r1", HashAlgorithm.SHA512);

  private static final int UNCOMPRESSED = 4;

  private final String id;
  private final HashAlgorithm hash;
  private final ECDomainParameters domain;

  Curve(String id, String secName, HashAlgorithm hash) {
    this.id = id;
    this.hash = hash;
    X9ECParameters parameters = CustomNamedCurves.getByName(secName);
    this.domain = new ECDomainParameters(parameters);
  }

  /** The curve's name in SSH. */
  public String id() {
    return id;
  }

  /** The hash that goes with the curve. */
  public HashAlgorithm hash() {
    return hash;
  }

  /** Bytes of a coordinate. */
  public int fieldBytes() {
    return (domain.getCurve().getFieldSize() + 7) / 8;
  }

  /** Bytes of a point: {@code 04 ‖ x ‖ y}. */
  public int pointBytes() {
    return 1 + 2 * fieldBytes();
  }

  ECDomainParameters domain() {
    return domain;
  }

  /** A private number, uniform in 1 to n-1. */
  public BigInteger randomScalar(SecureRandom random) {
    return BigIntegers.createRandomInRange(
        BigInteger.ONE, domain.getN().subtract(BigInteger.ONE), random);
  }

  /** The point that belongs to a private number. */
  public byte[] multiplyBase(BigInteger scalar) {
    return domain.getG().multiply(scalar).normalize().getEncoded(false);
  }

  /** The x coordinate of {@code scalar} times a peer's point, {@link #fieldBytes} long. */
  public byte[] sharedX(byte[] point, BigInteger scalar) {
    ECPoint product = decodePoint(point).multiply(scalar).normalize();
    return product.getAffineXCoord().getEncoded();
  }

  /** A point that is uncompressed, finite and on the curve; else an {@link SshViolation}. */
  ECPoint decodePoint(byte[] point) {
    if (point.length != pointBytes() || point[0] != UNCOMPRESSED) {
      throw SshViolation.keyExchange(
          "a point of " + point.length + " bytes is no uncompressed point of " + id);
    }
    try {
      return domain.validatePublicPoint(domain.getCurve().decodePoint(point));
    } catch (IllegalArgumentException e) {
      throw SshViolation.keyExchange("a point is not on " + id);
    }
  }
}
