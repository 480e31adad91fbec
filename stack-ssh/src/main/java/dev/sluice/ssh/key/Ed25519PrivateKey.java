package dev.sluice.ssh.key;

import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 private key: a seed of 32 bytes (RFC 8032 section 5.1.5). */
public final class Ed25519PrivateKey implements SshPrivateKey {
  private final byte[] seed;
  private final Ed25519PublicKey publicKey;

  /** Copies the seed. */
  public Ed25519PrivateKey(byte[] seed) {
    if (seed.length != Ed25519.SECRET_KEY_SIZE) {
      throw new IllegalArgumentException("an Ed25519 seed of " + seed.length + " bytes");
    }
    this.seed = seed.clone();
    byte[] point = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, point, 0);
    this.publicKey = new Ed25519PublicKey(point);
  }

  public static Ed25519PrivateKey generate(SecureRandom random) {
    byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
    random.nextBytes(seed);
    Ed25519PrivateKey key = new Ed25519PrivateKey(seed);
    Arrays.fill(seed, (byte) 0);
    return key;
  }

  /** A copy of the seed, for code that stores the key. */
  public byte[] seed() {
    return seed.clone();
  }

  @Override
  public Ed25519PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] signFields(SignatureAlgorithm algorithm, byte[] data) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, data, 0, data.length, signature, 0);
    return Encoded.bytes(out -> SshString.write(out, signature));
  }

  @Override
  public void close() {
    Arrays.fill(seed, (byte) 0);
  }

  @Override
  public String toString() {
    return "private key of " + publicKey;
  }
}
