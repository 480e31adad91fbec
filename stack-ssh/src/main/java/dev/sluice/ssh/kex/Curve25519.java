package dev.sluice.ssh.kex;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Mpint;
import dev.sluice.ssh.wire.SshViolation;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** X25519 with SHA-256 (RFC 8731). */
final class Curve25519 implements Agreement {
  static final int SHARE_BYTES = X25519.POINT_SIZE;

  @Override
  public HashAlgorithm hash() {
    return HashAlgorithm.SHA256;
  }

  @Override
  public Pending start(SecureRandom random) {
    return pending(Half.generate(random));
  }

  static Pending pending(Half half) {
    return new Pending() {
      @Override
      public byte[] share() {
        return half.share();
      }

      @Override
      public byte[] secret(byte[] serverShare) {
        return encoded(half.agree(serverShare));
      }
    };
  }

  @Override
  public Answer answer(byte[] clientShare, SecureRandom random) {
    Half half = Half.generate(random);
    return new Answer(half.share(), encoded(half.agree(clientShare)));
  }

  /** Section 3.1: the octets are read as a number, most significant first. */
  private static byte[] encoded(byte[] shared) {
    byte[] secret = Encoded.bytes(out -> Mpint.write(out, shared));
    Arrays.fill(shared, (byte) 0);
    return secret;
  }

  /** One side's pair of keys, for one agreement. */
  record Half(byte[] scalar, byte[] share) {

    static Half generate(SecureRandom random) {
      byte[] scalar = new byte[X25519.SCALAR_SIZE];
      X25519.generatePrivateKey(random, scalar);
      return of(scalar);
    }

    static Half of(byte[] scalar) {
      byte[] share = new byte[SHARE_BYTES];
      X25519.scalarMultBase(scalar, 0, share, 0);
      return new Half(scalar, share);
    }

    /** The 32 octets that both sides now share; the private half is overwritten. */
    byte[] agree(byte[] peerShare) {
      if (peerShare.length != SHARE_BYTES) {
        throw SshViolation.keyExchange("an X25519 share of " + peerShare.length + " bytes");
      }
      byte[] shared = new byte[SHARE_BYTES];
      boolean contributory = X25519.calculateAgreement(scalar, 0, peerShare, 0, shared, 0);
      Arrays.fill(scalar, (byte) 0);
      if (!contributory) {
        throw SshViolation.keyExchange("an X25519 share of low order");
      }
      return shared;
    }

    @Override
    public String toString() {
      return "Half[...]";
    }
  }
}
