package dev.sluice.ssh.algorithm;

import static dev.sluice.ssh.algorithm.Octets.LENGTH_BYTES;

import javax.crypto.Cipher;

/** ChaCha20 with Poly1305, the length encrypted on its own; see {@link ChaChaKeys}. */
final class ChaChaSealer implements PacketSealer {
  private final ChaChaKeys keys;

  ChaChaSealer(DirectionKeys keys) {
    this.keys = new ChaChaKeys(keys, Cipher.ENCRYPT_MODE);
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
  public void seal(int sequence, byte[] packet, int offset, int length) {
    int start = offset + LENGTH_BYTES;
    keys.cryptLength(sequence, packet, offset, packet, offset);
    keys.begin(sequence);
    keys.crypt(packet, start, length - LENGTH_BYTES, packet, start);
    keys.appendTag(packet, offset, length);
  }

  @Override
  public void close() {
    keys.clear();
  }
}
