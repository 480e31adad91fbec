package dev.sluice.ssh.key;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A key that lives in a security key, {@code sk-ssh-ed25519} or {@code sk-ecdsa-sha2-nistp256}
 * (OpenSSH PROTOCOL.u2f). It can be verified here; only the device can sign.
 *
 * @param key an Ed25519 key, or an ECDSA key on nistp256
 * @param application what the key was made for, {@code ssh:} as a rule
 */
public record SecurityKey(SshPublicKey key, String application) implements SshPublicKey {
  static final String ED25519 = "sk-ssh-ed25519@openssh.com";
  static final String ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com";
  private static final int MAX_APPLICATION_BYTES = 1024;

  public SecurityKey {
    boolean ecdsa = key instanceof EcdsaPublicKey ec && ec.curve() == Curve.NISTP256;
    if (!ecdsa && !(key instanceof Ed25519PublicKey)) {
      throw SshViolation.protocol("no security key has a key of type " + key.type());
    }
  }

  static SecurityKey decodeEd25519(ByteBuf in) {
    return new SecurityKey(
        Ed25519PublicKey.decode(in), SshString.readUtf8(in, MAX_APPLICATION_BYTES));
  }

  static SecurityKey decodeEcdsa(ByteBuf in) {
    return new SecurityKey(
        EcdsaPublicKey.decode(Curve.NISTP256, in), SshString.readUtf8(in, MAX_APPLICATION_BYTES));
  }

  @Override
  public String type() {
    return key instanceof Ed25519PublicKey ? ED25519 : ECDSA;
  }

  @Override
  public void encodeFields(ByteBuf out) {
    key.encodeFields(out);
    SshString.write(out, application);
  }

  @Override
  public boolean verify(
      SignatureAlgorithm algorithm, byte[] data, ByteBuf signature, Presence presence) {
    int start = signature.readerIndex();
    SshString.readSlice(signature);
    ByteBuf inner = signature.slice(start, signature.readerIndex() - start);
    int flags = Octet.read(signature);
    long counter = Uint32.read(signature);
    Octet.requireEnd(signature, "a security key's signature");
    byte[] signed =
        Encoded.bytes(
            out -> {
              out.writeBytes(hash(application.getBytes(StandardCharsets.UTF_8)));
              out.writeByte(flags);
              Uint32.write(out, counter);
              out.writeBytes(hash(data));
            });
    return presence.isIn(flags) && key.verify(algorithm, signed, inner, presence);
  }

  private static byte[] hash(byte[] octets) {
    return HashAlgorithm.SHA256.of(octets);
  }

  @Override
  public String toString() {
    return type() + " " + fingerprint();
  }
}
