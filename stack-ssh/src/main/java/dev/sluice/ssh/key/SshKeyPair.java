package dev.sluice.ssh.key;

/**
 * A key that proves a host or a user.
 *
 * @param publicKey what is shown: the key's public half, or a certificate for it
 * @param privateKey what signs
 */
public record SshKeyPair(SshPublicKey publicKey, SshPrivateKey privateKey)
    implements AutoCloseable {

  public SshKeyPair {
    if (!publicKey.plain().equals(privateKey.publicKey())) {
      throw new IllegalArgumentException(
          publicKey.fingerprint() + " does not belong to the private key");
    }
  }

  /** A pair without a certificate. */
  public static SshKeyPair of(SshPrivateKey privateKey) {
    return new SshKeyPair(privateKey.publicKey(), privateKey);
  }

  /** Signs, as {@link SignatureAlgorithm#sign}. */
  public byte[] sign(SignatureAlgorithm algorithm, byte[] data) {
    return algorithm.sign(privateKey, data);
  }

  @Override
  public void close() {
    privateKey.close();
  }

  @Override
  public String toString() {
    return "SshKeyPair[" + publicKey.type() + " " + publicKey.fingerprint() + "]";
  }
}
