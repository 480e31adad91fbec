package dev.sluice.ssh.key;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A signature algorithm, negotiated for host keys and named in user authentication. The values are
 * in {@link SignatureAlgorithms}.
 *
 * @param name as in KEXINIT, server-sig-algs and requests
 * @param keyType the name at the head of the key blob
 * @param signatureName the name at the head of the signature blob
 * @param hash the hash that is applied before signing
 * @param isCertificate whether the key blob is a certificate
 */
public record SignatureAlgorithm(
    String name, String keyType, String signatureName, HashAlgorithm hash, boolean isCertificate) {

  /** Whether this algorithm is for keys, or certificates, of that type. */
  public boolean fits(SshPublicKey key) {
    return key.type().equals(keyType);
  }

  /** The signature blob: its name and the signature. */
  public byte[] sign(SshPrivateKey key, byte[] data) {
    byte[] fields = key.signFields(this, data);
    return Encoded.bytes(
        out -> {
          SshString.write(out, signatureName);
          out.writeBytes(fields);
        });
  }

  /** As the other {@code verify}, with {@link Presence#TOUCH}. */
  public boolean verify(SshPublicKey key, byte[] data, byte[] signatureBlob) {
    return verify(key, data, signatureBlob, Presence.TOUCH);
  }

  /**
   * Whether {@code signatureBlob} is this algorithm's signature of {@code data} by {@code key}: a
   * key of another type and a signature of another algorithm do not pass even if they would verify
   * (RFC 8332 section 3.2). May take milliseconds: call it off the event loop.
   *
   * @param presence what a security key must have asked of its user
   * @throws dev.sluice.ssh.wire.SshViolation if the blob is malformed
   */
  public boolean verify(SshPublicKey key, byte[] data, byte[] signatureBlob, Presence presence) {
    ByteBuf in = Unpooled.wrappedBuffer(signatureBlob);
    return fits(key)
        && SshString.readName(in).equals(signatureName)
        && key.plain().verify(this, data, in, presence);
  }

  @Override
  public String toString() {
    return name;
  }
}
