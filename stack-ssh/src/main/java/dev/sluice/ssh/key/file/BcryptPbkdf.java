package dev.sluice.ssh.key.file;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * bcrypt_pbkdf of OpenBSD: PBKDF2 with bcrypt as its function and the output octets spread out, so
 * that all of it must be computed to have any part.
 */
final class BcryptPbkdf {
  /** Minutes of work; files of OpenSSH have 16 to 100. */
  static final int MAX_ROUNDS = 1 << 16;

  private static final int HASH_BYTES = 32;
  private static final int EXPANSIONS = 64;
  private static final byte[] TEXT =
      "OxychromaticBlowfishSwatDynamite".getBytes(StandardCharsets.US_ASCII);

  private BcryptPbkdf() {}

  /** A key of {@code length} octets. */
  static byte[] derive(byte[] passphrase, byte[] salt, int rounds, int length) {
    byte[] key = new byte[length];
    byte[] hashedPassphrase = HashAlgorithm.SHA512.of(passphrase);
    int blocks = (length + HASH_BYTES - 1) / HASH_BYTES;
    for (int block = 0; block < blocks; block++) {
      byte[] output = block(hashedPassphrase, salt, rounds, block + 1);
      for (int i = 0; i * blocks + block < length && i < HASH_BYTES; i++) {
        key[i * blocks + block] = output[i];
      }
    }
    Arrays.fill(hashedPassphrase, (byte) 0);
    return key;
  }

  private static byte[] block(byte[] passphrase, byte[] salt, int rounds, int number) {
    byte[] counter = ByteBuffer.allocate(4).putInt(number).array();
    byte[] last = hash(passphrase, HashAlgorithm.SHA512.of(salt, counter));
    byte[] output = last.clone();
    for (int round = 1; round < rounds; round++) {
      last = hash(passphrase, HashAlgorithm.SHA512.of(last));
      for (int i = 0; i < HASH_BYTES; i++) {
        output[i] ^= last[i];
      }
    }
    return output;
  }

  private static byte[] hash(byte[] passphrase, byte[] salt) {
    Blowfish blowfish = new Blowfish();
    blowfish.expand(salt, passphrase);
    for (int i = 0; i < EXPANSIONS; i++) {
      blowfish.expand(salt);
      blowfish.expand(passphrase);
    }
    int[] words = new int[HASH_BYTES / 4];
    ByteBuffer.wrap(TEXT).asIntBuffer().get(words);
    for (int i = 0; i < EXPANSIONS; i++) {
      blowfish.encrypt(words);
    }
    ByteBuffer out = ByteBuffer.allocate(HASH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.asIntBuffer().put(words);
    return out.array();
  }
}
