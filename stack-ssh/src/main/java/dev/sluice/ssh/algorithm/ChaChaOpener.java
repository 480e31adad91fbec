package dev.sluice.ssh.algorithm;

import static dev.sluice.ssh.algorithm.Octets.LENGTH_BYTES;

import javax.crypto.Cipher;

/** The receiving side of {@link ChaChaSealer}. */
final class ChaChaOpener implements PacketOpener {
  private final ChaChaKeys keys;
  private final byte[] head = new byte[LENGTH_BYTES];

  ChaChaOpener(DirectionKeys keys) {
    this.keys = new ChaChaKeys(keys, Cipher.DECRYPT_MODE);
  }

  @Override
  public int alignment() {
    return ChaChaKeys.ALIGNMENT;
  }

  @Override
  public boolean lengthIsPadded() {
    return false;
  }

  @Override
  public int tagLength() {
    return ChaChaKeys.TAG_LENGTH;
  }

  @Override
  public int headLength() {
    return LENGTH_BYTES;
  }

  @Override
  public long packetLength(int sequence, byte[] in, int offset) {
    keys.cryptLength(sequence, in, offset, head, 0);
    return Octets.uint32(head, 0);
  }

  @Override
  public void open(
      int sequence, byte[] in, int inOffset, byte[] out, int outOffset, int packetLength) {
    keys.begin(sequence);
    if (!keys.hasTag(in, inOffset, LENGTH_BYTES + packetLength)) {
      throw Octets.wrongTag(out, outOffset, packetLength);
    }
    System.arraycopy(head, 0, out, outOffset, LENGTH_BYTES);
    keys.crypt(in, inOffset + LENGTH_BYTES, packetLength, out, outOffset + LENGTH_BYTES);
  }

  @Override
  public void close() {
    keys.clear();
  }
}
