package dev.sluice.ssh.kex;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import java.security.SecureRandom;

/**
 * How two sides agree on a secret with one share from each. A share is what is inside the {@code
 * string} or {@code mpint} that carries it.
 */
interface Agreement {

  /** The method's hash. */
  HashAlgorithm hash();

  /** The client's half. */
  Pending start(SecureRandom random);

  /** The server's half. */
  Answer answer(byte[] clientShare, SecureRandom random);

  /** A peer's share as it is hashed: numbers are re-encoded, as short as possible. */
  default byte[] hashed(byte[] share) {
    return share;
  }

  /** The client while it waits: its share, and what only it can make of the server's. */
  interface Pending {
    byte[] share();

    /** K as it is hashed, with its length. */
    byte[] secret(byte[] serverShare);
  }

  /**
   * The server's part.
   *
   * @param share the server's share
   * @param secret K as it is hashed, with its length
   */
  record Answer(byte[] share, byte[] secret) {}
}
