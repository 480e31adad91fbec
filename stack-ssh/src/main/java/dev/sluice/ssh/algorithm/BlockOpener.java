package dev.sluice.ssh.algorithm;

import static dev.sluice.ssh.algorithm.Octets.LENGTH_BYTES;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** The receiving side of {@link BlockSealer}. */
final class BlockOpener implements PacketOpener {
  private final Cipher cipher;
  private final PacketMac mac;
  private final MacAlgorithm algorithm;

  /** The first block in clear, when the length is encrypted. */
  private final byte[] head;

  private final int block;
  private final boolean chained;

  BlockOpener(BlockCipher with, MacAlgorithm algorithm, DirectionKeys keys) {
    this.block = with.block();
    this.chained = with.chained();
    this.head = new byte[block];
    this.cipher = with.start(Cipher.DECRYPT_MODE, keys);
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
  public int headLength() {
    return algorithm.encryptThenMac() ? LENGTH_BYTES : block;
  }

  @Override
  public long packetLength(int sequence, byte[] in, int offset) {
    if (algorithm.encryptThenMac()) {
      return Octets.uint32(in, offset);
    }
    decrypt(in, offset, block, head, 0);
    return Octets.uint32(head, 0);
  }

  @Override
  public void open(
      int sequence, byte[] in, int inOffset, byte[] out, int outOffset, int packetLength) {
    int length = LENGTH_BYTES + packetLength;
    int tag = inOffset + length;
    if (algorithm.encryptThenMac()) {
      if (!mac.matches(sequence, in, inOffset, length, in, tag)) {
        throw Octets.wrongTag(out, outOffset, packetLength);
      }
      System.arraycopy(in, inOffset, out, outOffset, LENGTH_BYTES);
      decrypt(in, inOffset + LENGTH_BYTES, packetLength, out, outOffset + LENGTH_BYTES);
      return;
    }
    System.arraycopy(head, 0, out, outOffset, block);
    decrypt(in, inOffset + block, length - block, out, outOffset + block);
    if (!mac.matches(sequence, out, outOffset, length, in, tag)) {
      throw Octets.wrongTag(out, outOffset, packetLength);
    }
  }

  private void decrypt(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    try {
      cipher.update(in, inOffset, length, out, outOffset);
    } catch (GeneralSecurityException e) {
      throw Jdk.missing(cipher.getAlgorithm(), e);
    }
  }

  /** CBC with a MAC over what is in clear (CVE-2008-5161). */
  @Override
  public boolean hidesBadLength() {
    return chained && !algorithm.encryptThenMac();
  }

  /** Nothing to overwrite: the JDK's cipher keeps its key to itself. */
  @Override
  public void close() {}
}
