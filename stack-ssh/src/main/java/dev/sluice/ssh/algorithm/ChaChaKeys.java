package dev.sluice.ssh.algorithm;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two ciphers and the MAC of chacha20-poly1305@openssh.com (draft-ietf-sshm-chacha20-poly1305).
 *
 * <p>The first half of the key, K_2, is for the payload and the MAC's key, the second, K_1, for the
 * length. The nonce is the packet's number. The original ChaCha20 has a nonce of 64 bits. For
 * packets of up to 256 GiB it equals the JDK's, with a nonce of 96 bits that begins with zeros.
 */
final class ChaChaKeys {
  static final int ALIGNMENT = 8;
  static final int TAG_LENGTH = 16;

  private static final String TRANSFORMATION = "ChaCha20";
  private static final int HALF = 32;
  private static final int BLOCK = 64;
  private static final int NONCE = 12;

  private final Cipher lengthCipher = Jdk.cipher(TRANSFORMATION);
  private final Cipher payloadCipher = Jdk.cipher(TRANSFORMATION);
  private final Poly1305 poly1305 = new Poly1305();
  private final Key lengthKey;
  private final Key payloadKey;
  private final byte[] nonce = new byte[NONCE];
  private final byte[] zeros = new byte[BLOCK];
  private final byte[] firstBlock = new byte[BLOCK];
  private final byte[] tag = new byte[TAG_LENGTH];
  private final int mode;

  ChaChaKeys(DirectionKeys keys, int mode) {
    this.mode = mode;
    payloadKey = new SecretKeySpec(keys.key(), 0, HALF, TRANSFORMATION);
    lengthKey = new SecretKeySpec(keys.key(), HALF, HALF, TRANSFORMATION);
  }

  /** Encrypts or decrypts a packet's length. */
  void cryptLength(int sequence, byte[] in, int inOffset, byte[] out, int outOffset) {
    try {
      lengthCipher.init(mode, lengthKey, parameters(sequence));
      lengthCipher.doFinal(in, inOffset, Octets.LENGTH_BYTES, out, outOffset);
    } catch (GeneralSecurityException e) {
      throw Jdk.missing(TRANSFORMATION, e);
    }
  }

  /** Begins with the packet's payload: block 0 of the key stream is the MAC's key. */
  void begin(int sequence) {
    try {
      payloadCipher.init(mode, payloadKey, parameters(sequence));
      payloadCipher.update(zeros, 0, BLOCK, firstBlock, 0);
    } catch (GeneralSecurityException e) {
      throw Jdk.missing(TRANSFORMATION, e);
    }
    poly1305.begin(firstBlock);
  }

  /** Encrypts or decrypts everything after the length. */
  void crypt(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    try {
      payloadCipher.doFinal(in, inOffset, length, out, outOffset);
    } catch (GeneralSecurityException e) {
      throw Jdk.missing(TRANSFORMATION, e);
    }
  }

  /** Writes the tag of encrypted octets after them. */
  void appendTag(byte[] packet, int offset, int length) {
    poly1305.finish(packet, offset, length, packet, offset + length);
  }

  /** Whether the tag of encrypted octets follows them. */
  boolean hasTag(byte[] packet, int offset, int length) {
    poly1305.finish(packet, offset, length, tag, 0);
    return Octets.sameTag(tag, packet, offset + length, TAG_LENGTH);
  }

  void clear() {
    poly1305.clear();
    Arrays.fill(firstBlock, (byte) 0);
  }

  private ChaCha20ParameterSpec parameters(int sequence) {
    Octets.putInt(nonce, NONCE - 4, sequence);
    return new ChaCha20ParameterSpec(nonce, 0);
  }
}
