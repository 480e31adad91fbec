package dev.sluice.ssh.algorithm;

import static dev.sluice.ssh.algorithm.Octets.LENGTH_BYTES;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES in counter or CBC mode with a MAC beside it (RFC 4253 section 6.4), or over what is encrypted
 * (OpenSSH PROTOCOL section 1.5). The cipher runs on from packet to packet.
 */
final class BlockSealer implements PacketSealer {
  static final int BLOCK = 16;

  private final Cipher cipher;
  private final PacketMac mac;
  private final MacAlgorithm algorithm;

  /** The JDK copies what is encrypted in place; this way nothing is allocated for a packet. */
  private final byte[] chunk = new byte[8 * 1024];

  BlockSealer(String jcaName, MacAlgorithm algorithm, DirectionKeys keys) {
    this.cipher = start(jcaName, Cipher.ENCRYPT_MODE, keys);
    this.mac = new PacketMac(algorithm, keys.macKey());
    this.algorithm = algorithm;
  }

  static Cipher start(String jcaName, int mode, DirectionKeys keys) {
    Cipher cipher = Jdk.cipher(jcaName);
    try {
      cipher.init(mode, Jdk.aesKey(keys.key()), new IvParameterSpec(keys.iv()));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw Jdk.missing(jcaName, e);
    }
  }

  @Override
  public int alignment() {
    return BLOCK;
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
