package dev.sluice.ssh.algorithm;

import java.util.Arrays;

/**
 * The keys of one direction (RFC 4253 section 7.2), each as long as the algorithms need it.
 *
 * @param iv {@code A} or {@code B}
 * @param key {@code C} or {@code D}
 * @param macKey {@code E} or {@code F}; empty with an AEAD cipher
 */
public record DirectionKeys(byte[] iv, byte[] key, byte[] macKey) implements AutoCloseable {

  /** Overwrites the keys: the ciphers hold what they need. */
  @Override
  public void close() {
    Arrays.fill(iv, (byte) 0);
    Arrays.fill(key, (byte) 0);
    Arrays.fill(macKey, (byte) 0);
  }

  @Override
  public String toString() {
    return "DirectionKeys[...]";
  }
}
