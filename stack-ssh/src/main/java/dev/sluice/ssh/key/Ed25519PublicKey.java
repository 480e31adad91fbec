package dev.sluice.ssh.key;

import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 key (RFC 8709).
 *
 * @param point 32 bytes
 */
public record Ed25519PublicKey(byte[] point) implements SshPublicKey {
  static final String TYPE = "ssh-ed25519";

  public Ed25519PublicKey {
    if (point.length != Ed25519.PUBLIC_KEY_SIZE) {
      throw SshViolation.protocol("an Ed25519 key of " + point.length + " bytes");
    }
    point = point.clone();
  }

  static Ed25519PublicKey decode(ByteBuf in) {
    return new Ed25519PublicKey(
        SshString.readExactly(in, Ed25519.PUBLIC_KEY_SIZE, "an Ed25519 key"));
  }

  @Override
  public byte[] point() {
    return point.clone();
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void encodeFields(ByteBuf out) {
    SshString.write(out, point);
  }

  @Override
  public boolean verify(
      SignatureAlgorithm algorithm, byte[] data, ByteBuf signature, Presence presence) {
    byte[] octets =
        SshString.readExactly(signature, Ed25519.SIGNATURE_SIZE, "an Ed25519 signature");
    Octet.requireEnd(signature, "an Ed25519 signature");
    return Ed25519.verify(octets, 0, point, 0, data, 0, data.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ed25519PublicKey that && Arrays.equals(point, that.point);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(point);
  }

  @Override
  public String toString() {
    return TYPE + " " + fingerprint();
  }
}
