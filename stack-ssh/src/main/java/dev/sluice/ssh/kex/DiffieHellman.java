package dev.sluice.ssh.kex;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Mpint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.security.SecureRandom;

/** Diffie-Hellman in a group that both sides know (RFC 4253 section 8, RFC 8268). */
record DiffieHellman(DhGroup group, HashAlgorithm hash) implements Agreement {

  @Override
  public Pending start(SecureRandom random) {
    return pending(group.randomExponent(random));
  }

  Pending pending(BigInteger exponent) {
    byte[] share = group.share(exponent).toByteArray();
    return new Pending() {
      @Override
      public byte[] share() {
        return share;
      }

      @Override
      public byte[] secret(byte[] serverShare) {
        return encoded(group.secret(number(serverShare), exponent));
      }
    };
  }

  @Override
  public Answer answer(byte[] clientShare, SecureRandom random) {
    BigInteger exponent = group.randomExponent(random);
    BigInteger secret = group.secret(number(clientShare), exponent);
    return new Answer(group.share(exponent).toByteArray(), encoded(secret));
  }

  @Override
  public byte[] hashed(byte[] share) {
    return number(share).toByteArray();
  }

  static byte[] encoded(BigInteger secret) {
    return Encoded.bytes(out -> Mpint.write(out, secret));
  }

  /** The number in the octets of an mpint whose length has been read. */
  static BigInteger number(byte[] share) {
    ByteBuf mpint = Unpooled.buffer(4 + share.length);
    return Mpint.read(mpint.writeInt(share.length).writeBytes(share));
  }
}
