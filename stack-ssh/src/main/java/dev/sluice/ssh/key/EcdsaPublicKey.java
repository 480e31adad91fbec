package dev.sluice.ssh.key;

import dev.sluice.ssh.wire.Mpint;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/**
 * An ECDSA key (RFC 5656 section 3.1).
 *
 * @param curve its curve
 * @param point {@code 04 ‖ x ‖ y}, checked to be on the curve
 */
public record EcdsaPublicKey(Curve curve, byte[] point) implements SshPublicKey {
  static final String PREFIX = "ecdsa-sha2-";

  public EcdsaPublicKey {
    point = curve.decodePoint(point).getEncoded(false);
  }

  static EcdsaPublicKey decode(Curve curve, ByteBuf in) {
    String id = SshString.readName(in);
    if (!id.equals(curve.id())) {
      throw SshViolation.protocol("an ECDSA key names curve " + id + ", not " + curve.id());
    }
    return new EcdsaPublicKey(curve, SshString.read(in, curve.pointBytes()));
  }

  @Override
  public byte[] point() {
    return point.clone();
  }

  @Override
  public String type() {
    return PREFIX + curve.id();
  }

  @Override
  public void encodeFields(ByteBuf out) {
    SshString.write(out, curve.id());
    SshString.write(out, point);
  }

  @Override
  public boolean verify(
      SignatureAlgorithm algorithm, byte[] data, ByteBuf signature, Presence presence) {
    ByteBuf numbers = SshString.readSlice(signature);
    Octet.requireEnd(signature, "an ECDSA signature");
    BigInteger r = Mpint.read(numbers);
    BigInteger s = Mpint.read(numbers);
    Octet.requireEnd(numbers, "an ECDSA signature");
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, new ECPublicKeyParameters(curve.decodePoint(point), curve.domain()));
    return verifier.verifySignature(algorithm.hash().of(data), r, s);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EcdsaPublicKey that
        && curve == that.curve
        && Arrays.equals(point, that.point);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(point);
  }

  @Override
  public String toString() {
    return type() + " " + fingerprint();
  }
}
