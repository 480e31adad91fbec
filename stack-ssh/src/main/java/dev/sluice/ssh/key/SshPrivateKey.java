package dev.sluice.ssh.key;

/** A private key. It never shows itself in text. */
public sealed interface SshPrivateKey extends AutoCloseable
    permits Ed25519PrivateKey, EcdsaPrivateKey, RsaPrivateKey {

  /** Its other half. */
  SshPublicKey publicKey();

  /**
   * Signs. May take milliseconds: call it off the event loop.
   *
   * @param algorithm one that fits the key
   * @return the fields after the name in a signature blob
   */
  byte[] signFields(SignatureAlgorithm algorithm, byte[] data);

  /** Overwrites or drops the key. */
  @Override
  void close();
}
