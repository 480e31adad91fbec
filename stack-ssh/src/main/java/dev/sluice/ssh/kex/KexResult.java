package dev.sluice.ssh.kex;

import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.DirectionKeys;
import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.algorithm.MacAlgorithm;
import dev.sluice.ssh.key.SshPublicKey;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What an exchange yields.
 *
 * @param hash the method's hash
 * @param secret K as it was hashed, with its length: an mpint, or a string for the hybrids
 * @param exchangeHash H; of the first exchange it is the session identifier
 * @param hostKey the server's key; on the client its signature of H is verified, its trust is not
 */
public record KexResult(
    HashAlgorithm hash, byte[] secret, byte[] exchangeHash, SshPublicKey hostKey)
    implements AutoCloseable {

  /** The keys for what the client sends (RFC 4253 section 7.2). */
  public DirectionKeys clientToServer(byte[] sessionId, CipherAlgorithm cipher, MacAlgorithm mac) {
    return new DirectionKeys(
        derive('A', sessionId, cipher.ivLength()),
        derive('C', sessionId, cipher.keyLength()),
        derive('E', sessionId, mac.keyLength()));
  }

  /** The keys for what the server sends. */
  public DirectionKeys serverToClient(byte[] sessionId, CipherAlgorithm cipher, MacAlgorithm mac) {
    return new DirectionKeys(
        derive('B', sessionId, cipher.ivLength()),
        derive('D', sessionId, cipher.keyLength()),
        derive('F', sessionId, mac.keyLength()));
  }

  private byte[] derive(char letter, byte[] sessionId, int length) {
    byte[] key = new byte[length];
    MessageDigest digest = hash.start();
    for (int done = 0; done < length; ) {
      digest.update(secret);
      digest.update(exchangeHash);
      if (done == 0) {
        digest.update((byte) letter);
        digest.update(sessionId);
      } else {
        digest.update(key, 0, done);
      }
      byte[] block = digest.digest();
      int taken = Math.min(block.length, length - done);
      System.arraycopy(block, 0, key, done, taken);
      Arrays.fill(block, (byte) 0);
      done += taken;
    }
    return key;
  }

  /** Overwrites K. */
  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "KexResult[" + hash + ", " + hostKey + "]";
  }
}
