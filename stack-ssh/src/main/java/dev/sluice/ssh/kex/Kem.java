package dev.sluice.ssh.kex;

import java.security.SecureRandom;

/** A key encapsulation mechanism: the half of a hybrid that quantum computers do not break. */
interface Kem {
  /** Bytes of an encapsulation key. */
  int keyBytes();

  /** Bytes of a ciphertext. */
  int ciphertextBytes();

  /** The client's pair of keys. */
  Decapsulator generate(SecureRandom random);

  /**
   * The server's part.
   *
   * @throws dev.sluice.ssh.wire.SshViolation if the key is invalid
   */
  Encapsulated encapsulate(byte[] key, SecureRandom random);

  /** The client while it waits. */
  interface Decapsulator {
    byte[] key();

    /** The secret; a different one if the ciphertext was tampered with (FIPS 203 section 6.3). */
    byte[] secret(byte[] ciphertext);
  }

  /** What the server sends, and the secret that it stands for. */
  record Encapsulated(byte[] ciphertext, byte[] secret) {}
}
