package dev.sluice.ssh.key;

import dev.sluice.ssh.wire.Mpint;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;

/**
 * An RSA key (RFC 4253 section 6.6).
 *
 * @param exponent odd, 3 to 2^64
 * @param modulus odd, {@value #MIN_BITS} to {@value #MAX_BITS} bits
 */
public record RsaPublicKey(BigInteger exponent, BigInteger modulus) implements SshPublicKey {
  /** No policy allows less. */
  public static final int MIN_BITS = 1024;

  /** Beyond this a single check costs too much. */
  public static final int MAX_BITS = 16_384;

  static final String TYPE = "ssh-rsa";
  private static final int MAX_EXPONENT_BITS = 64;

  public RsaPublicKey {
    int bits = modulus.bitLength();
    if (bits < MIN_BITS || bits > MAX_BITS || !modulus.testBit(0)) {
      throw SshViolation.keyExchange("an RSA key of " + bits + " bits");
    }
    int exponentBits = exponent.bitLength();
    if (exponentBits < 2 || exponentBits > MAX_EXPONENT_BITS || !exponent.testBit(0)) {
      throw SshViolation.keyExchange("an RSA exponent of " + exponentBits + " bits");
    }
  }

  static RsaPublicKey decode(ByteBuf in) {
    return new RsaPublicKey(Mpint.read(in), Mpint.read(in));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void encodeFields(ByteBuf out) {
    Mpint.write(out, exponent);
    Mpint.write(out, modulus);
  }

  @Override
  public void requireRsaBits(int minRsaBits) {
    if (modulus.bitLength() < minRsaBits) {
      throw SshViolation.keyExchange(
          "an RSA key of " + modulus.bitLength() + " bits, less than " + minRsaBits);
    }
  }

  @Override
  public boolean verify(
      SignatureAlgorithm algorithm, byte[] data, ByteBuf signature, Presence presence) {
    byte[] octets = padded(SshString.readSlice(signature));
    Octet.requireEnd(signature, "an RSA signature");
    try {
      Signature verifier = Signature.getInstance(RsaPrivateKey.jcaName(algorithm));
      verifier.initVerify(
          KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
      verifier.update(data);
      return verifier.verify(octets);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Some peers leave out leading zeros; Java wants exactly the modulus' length. */
  private byte[] padded(ByteBuf signature) {
    int length = (modulus.bitLength() + 7) / 8;
    int given = signature.readableBytes();
    if (given > length) {
      throw SshViolation.keyExchange(
          "an RSA signature of " + given + " bytes for a modulus of " + length);
    }
    byte[] octets = new byte[length];
    signature.readBytes(octets, length - given, given);
    return octets;
  }

  @Override
  public String toString() {
    return TYPE + " " + modulus.bitLength() + " " + fingerprint();
  }
}
