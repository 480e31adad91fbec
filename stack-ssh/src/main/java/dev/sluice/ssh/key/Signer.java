package dev.sluice.ssh.key;

/** Proves that a user holds a key: with the key itself, or by asking its holder. */
public interface Signer {

  /** The key or the certificate that is shown. */
  SshPublicKey publicKey();

  /** The signature blob. Called off the event loop; may block if it has a deadline. */
  byte[] sign(SignatureAlgorithm algorithm, byte[] data);

  static Signer of(SshKeyPair pair) {
    return new Signer() {
      @Override
      public SshPublicKey publicKey() {
        return pair.publicKey();
      }

      @Override
      public byte[] sign(SignatureAlgorithm algorithm, byte[] data) {
        return pair.sign(algorithm, data);
      }
    };
  }
}
