package dev.sluice.ssh.algorithm;

import static dev.sluice.ssh.algorithm.Octets.LENGTH_BYTES;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/**
 * A block cipher in counter or CBC mode. The MAC is over the plaintext (RFC 4253 section 6.4) or
 * over the ciphertext (OpenSSH PROTOCOL section 1.5). The state of the cipher carries over from
 * packet to packet.
 */
final class BlockSealer implements PacketSealer {
  private final int block;
  private final Cipher cipher;
  private final PacketMac mac;
  private final MacAlgorithm algorithm;

  /** The JDK copies what is encrypted in place; this way nothing is allocated for a packet. */
  private final byte[] chunk = new byte[8 * 1024];

  BlockSealer(BlockCipher with, MacAlgorithm algorithm, DirectionKeys keys) {
    this.block = with.block();
    this.cipher = with.start(Cipher.ENCRYPT_MODE, keys);
    this.mac = new PacketMac(algorithm, keys.macKey());
    this.algorithm = algorithm;
  }

  @Override
  public int alignment() {
    return block;
  }

  @Override
  public boolean lengthIsPadded() {
    return !algorithm.encryptThenMac();
  }

  @Override
  public int tagLength() {
    return algorithm.tagLength();
  }

  @Override
  public void seal(int sequence, byte[] packet, int offset, int length) {
    if (algorithm.encryptThenMac()) {
      encrypt(packet, offset + LENGTH_BYTES, length - LENGTH_BYTES);
      mac.append(sequence, packet, offset, length);
    } else {
      mac.append(sequence, packet, offset, length);
      encrypt(packet, offset, length);
    }
  }

  private void encrypt(byte[] packet, int offset, int length) {
    int end = offset + length;
    try {
      for (int at = offset; at < end; at += chunk.length) {
        int part = Math.min(chunk.length, end - at);
        cipher.update(packet, at, part, chunk, 0);
        System.arraycopy(chunk, 0, packet, at, part);
      }
    } catch (GeneralSecurityException e) {
      throw Jdk.missing(cipher.getAlgorithm(), e);
    }
  }

  /** Nothing to overwrite: the JDK's cipher keeps its key to itself. */
  @Override
  public void close() {}
}
