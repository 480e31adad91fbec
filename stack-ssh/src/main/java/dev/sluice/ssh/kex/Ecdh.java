package dev.sluice.ssh.kex;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.key.Curve;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Mpint;
import java.math.BigInteger;
import java.security.SecureRandom;

/** Diffie-Hellman on a NIST curve (RFC 5656 section 4). */
record Ecdh(Curve curve) implements Agreement {

  @Override
  public HashAlgorithm hash() {
    return curve.hash();
  }

  @Override
  public Pending start(SecureRandom random) {
    return pending(curve.randomScalar(random));
  }

  Pending pending(BigInteger scalar) {
    byte[] share = curve.multiplyBase(scalar);
    return new Pending() {
      @Override
      public byte[] share() {
        return share;
      }

      @Override
      public byte[] secret(byte[] serverShare) {
        return Ecdh.this.secret(serverShare, scalar);
      }
    };
  }

  @Override
  public Answer answer(byte[] clientShare, SecureRandom random) {
    BigInteger scalar = curve.randomScalar(random);
    return new Answer(curve.multiplyBase(scalar), secret(clientShare, scalar));
  }

  private byte[] secret(byte[] peerShare, BigInteger scalar) {
    byte[] x = curve.sharedX(peerShare, scalar);
    return Encoded.bytes(out -> Mpint.write(out, x));
  }
}
