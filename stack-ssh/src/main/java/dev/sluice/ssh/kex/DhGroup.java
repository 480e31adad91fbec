package dev.sluice.ssh.kex;

import dev.sluice.ssh.wire.SshViolation;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.params.DHParameters;

/**
 * A prime and a generator for Diffie-Hellman.
 *
 * @param p the prime
 * @param g the generator
 */
record DhGroup(BigInteger p, BigInteger g) {
  /** RFC 2409: 1024 bits, the second Oakley group, which a state can break (RFC 9142). */
  static final DhGroup GROUP_1 = of(DHStandardGroups.rfc2409_1024);

  /** RFC 3526: 2048, 4096 and 8192 bits. */
  static final DhGroup GROUP_14 = of(DHStandardGroups.rfc3526_2048);

  static final DhGroup GROUP_16 = of(DHStandardGroups.rfc3526_4096);
  static final DhGroup GROUP_18 = of(DHStandardGroups.rfc3526_8192);

  /**
   * Bits of a private exponent: twice those of the longest key derived, which has 512 (RFC 4419
   * section 6.2).
   */
  private static final int EXPONENT_BITS = 1024;

  private static DhGroup of(DHParameters parameters) {
    return new DhGroup(parameters.getP(), parameters.getG());
  }

  int bits() {
    return p.bitLength();
  }

  BigInteger randomExponent(SecureRandom random) {
    return new BigInteger(EXPONENT_BITS, random).setBit(EXPONENT_BITS - 1);
  }

  /** What is sent: g to the private exponent. */
  BigInteger share(BigInteger exponent) {
    return g.modPow(exponent, p);
  }

  /** K, with the peer's share and K itself in 2 to p-2 (RFC 8268 section 4). */
  BigInteger secret(BigInteger peerShare, BigInteger exponent) {
    requireInside(peerShare, "public value");
    BigInteger k = peerShare.modPow(exponent, p);
    requireInside(k, "secret");
    return k;
  }

  private void requireInside(BigInteger value, String what) {
    if (value.compareTo(BigInteger.ONE) <= 0 || value.compareTo(p.subtract(BigInteger.ONE)) >= 0) {
      throw SshViolation.keyExchange("a Diffie-Hellman " + what + " outside 2 to p-2");
    }
  }
}
