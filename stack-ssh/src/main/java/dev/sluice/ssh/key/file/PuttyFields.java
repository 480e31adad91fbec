package dev.sluice.ssh.key.file;

import dev.sluice.ssh.key.EcdsaPrivateKey;
import dev.sluice.ssh.key.EcdsaPublicKey;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.Ed25519PublicKey;
import dev.sluice.ssh.key.RsaPrivateKey;
import dev.sluice.ssh.key.RsaPublicKey;
import dev.sluice.ssh.key.SshPrivateKey;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.wire.Mpint;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A private key's fields as PuTTY writes them, next to the public key blob. */
final class PuttyFields {
  private PuttyFields() {}

  /** What follows the fields is padding. */
  static SshPrivateKey decode(byte[] publicBlob, byte[] fields) {
    SshPublicKey publicKey = SshPublicKey.decode(publicBlob);
    SshPrivateKey key = decode(publicKey, Unpooled.wrappedBuffer(fields));
    if (!key.publicKey().equals(publicKey)) {
      throw new KeyFileException.Damaged("public and private half do not belong together");
    }
    return key;
  }

  private static SshPrivateKey decode(SshPublicKey publicKey, ByteBuf in) {
    if (publicKey instanceof Ed25519PublicKey) {
      return new Ed25519PrivateKey(SshString.readExactly(in, 32, "an Ed25519 private key"));
    }
    if (publicKey instanceof EcdsaPublicKey ecdsa) {
      return new EcdsaPrivateKey(ecdsa.curve(), Mpint.read(in));
    }
    if (publicKey instanceof RsaPublicKey rsa) {
      return RsaPrivateKey.of(rsa, Mpint.read(in), Mpint.read(in), Mpint.read(in));
    }
    throw new KeyFileException.Unsupported("private keys of type " + publicKey.type());
  }
}
