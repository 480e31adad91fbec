package dev.sluice.ssh.key;

import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A public key or a certificate, as it is sent (RFC 4253 section 6.6). */
public sealed interface SshPublicKey
    permits Ed25519PublicKey, EcdsaPublicKey, RsaPublicKey, SecurityKey, Certificate {

  /** The name at the head of the blob, such as {@code ssh-ed25519}. */
  String type();

  /** Writes the fields after the name. */
  void encodeFields(ByteBuf out);

  /** The key alone; for a certificate, the key that it certifies. */
  default SshPublicKey plain() {
    return this;
  }

  /**
   * Whether {@code signature} was made over {@code data} with this key.
   *
   * @param algorithm one that fits {@link #type}
   * @param signature the fields after the name in a signature blob
   * @param presence what a security key must have asked of its user; other keys ignore it
   */
  boolean verify(SignatureAlgorithm algorithm, byte[] data, ByteBuf signature, Presence presence);

  /** Refuses an RSA key that is weaker than required, also if it only signed a certificate. */
  default void requireRsaBits(int minRsaBits) {}

  /** The blob: the name and the fields. */
  default byte[] blob() {
    return Encoded.bytes(
        out -> {
          SshString.write(out, type());
          encodeFields(out);
        });
  }

  /** The plain key's fingerprint as {@code SHA256:} and base64. */
  default String fingerprint() {
    return Fingerprint.sha256(this);
  }

  /** Reads a blob; an unknown type or an invalid key is an {@link SshViolation}. */
  static SshPublicKey decode(byte[] blob) {
    ByteBuf in = Unpooled.wrappedBuffer(blob);
    SshPublicKey key = PublicKeyTypes.decode(SshString.readName(in), in, blob);
    Octet.requireEnd(in, key.type());
    return key;
  }

  /** Whether {@link #decode} knows keys, or certificates, of this type. */
  static boolean isKnownType(String type) {
    return PublicKeyTypes.knows(type);
  }
}
