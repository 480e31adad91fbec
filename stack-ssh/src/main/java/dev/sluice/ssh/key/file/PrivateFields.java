package dev.sluice.ssh.key.file;

import dev.sluice.ssh.key.Curve;
import dev.sluice.ssh.key.EcdsaPrivateKey;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.RsaPrivateKey;
import dev.sluice.ssh.key.RsaPublicKey;
import dev.sluice.ssh.key.SshPrivateKey;
import dev.sluice.ssh.wire.Mpint;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;
import java.math.BigInteger;
import java.util.Arrays;

/** A private key's fields as OpenSSH writes them into files and sends them to agents. */
final class PrivateFields {
  private static final int SEED_BYTES = 32;
  private static final int MAX_POINT_BYTES = 133;

  private PrivateFields() {}

  static SshPrivateKey decode(ByteBuf in) {
    String type = SshString.readName(in);
    return switch (type) {
      case "ssh-ed25519" -> ed25519(in);
      case "ecdsa-sha2-nistp256" -> ecdsa(Curve.NISTP256, in);
      case "ecdsa-sha2-nistp384" -> ecdsa(Curve.NISTP384, in);
      case "ecdsa-sha2-nistp521" -> ecdsa(Curve.NISTP521, in);
      case "ssh-rsa" -> rsa(in);
      default -> throw new KeyFileException.Unsupported("private keys of type " + type);
    };
  }

  static void encode(SshPrivateKey key, ByteBuf out) {
    SshString.write(out, key.publicKey().type());
    if (key instanceof Ed25519PrivateKey ed25519) {
      byte[] point = ed25519.publicKey().point();
      SshString.write(out, point);
      out.writeInt(SEED_BYTES + point.length).writeBytes(ed25519.seed()).writeBytes(point);
    } else if (key instanceof EcdsaPrivateKey ecdsa) {
      SshString.write(out, ecdsa.publicKey().curve().id());
      SshString.write(out, ecdsa.publicKey().point());
      Mpint.write(out, ecdsa.scalar());
    } else if (key instanceof RsaPrivateKey rsa) {
      Mpint.write(out, rsa.publicKey().modulus());
      Mpint.write(out, rsa.publicKey().exponent());
      Mpint.write(out, rsa.key().getPrivateExponent());
      Mpint.write(out, rsa.key().getCrtCoefficient());
      Mpint.write(out, rsa.key().getPrimeP());
      Mpint.write(out, rsa.key().getPrimeQ());
    }
  }

  private static SshPrivateKey ed25519(ByteBuf in) {
    byte[] point = SshString.readExactly(in, SEED_BYTES, "an Ed25519 key");
    byte[] both = SshString.readExactly(in, 2 * SEED_BYTES, "an Ed25519 private key");
    Ed25519PrivateKey key = new Ed25519PrivateKey(Arrays.copyOf(both, SEED_BYTES));
    byte[] derived = key.publicKey().point();
    if (!Arrays.equals(derived, point)
        || !Arrays.equals(derived, Arrays.copyOfRange(both, SEED_BYTES, both.length))) {
      throw new KeyFileException.Damaged("public and private half do not belong together");
    }
    Arrays.fill(both, (byte) 0);
    return key;
  }

  private static SshPrivateKey ecdsa(Curve curve, ByteBuf in) {
    if (!SshString.readName(in).equals(curve.id())) {
      throw new KeyFileException.Damaged("an ECDSA key names another curve than its type");
    }
    byte[] point = SshString.read(in, MAX_POINT_BYTES);
    EcdsaPrivateKey key = new EcdsaPrivateKey(curve, Mpint.read(in));
    if (!Arrays.equals(key.publicKey().point(), point)) {
      throw new KeyFileException.Damaged("public and private half do not belong together");
    }
    return key;
  }

  private static SshPrivateKey rsa(ByteBuf in) {
    BigInteger modulus = Mpint.read(in);
    RsaPublicKey publicKey = new RsaPublicKey(Mpint.read(in), modulus);
    BigInteger exponent = Mpint.read(in);
    Mpint.read(in); // q^-1 mod p is computed again
    return RsaPrivateKey.of(publicKey, exponent, Mpint.read(in), Mpint.read(in));
  }
}
