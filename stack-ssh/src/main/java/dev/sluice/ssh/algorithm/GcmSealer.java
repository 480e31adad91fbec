package dev.sluice.ssh.algorithm;

import static dev.sluice.ssh.algorithm.Octets.LENGTH_BYTES;

import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Cipher;

/** AES-GCM: the length in clear and authenticated, all else encrypted (RFC 5647 section 7.3). */
final class GcmSealer implements PacketSealer {
  static final String TRANSFORMATION = "AES/GCM/NoPadding";
  static final int ALIGNMENT = 16;
  static final int TAG_LENGTH = 16;

  private final Cipher cipher = Jdk.cipher(TRANSFORMATION);
  private final Key key;
  private final GcmNonce nonce;

  GcmSealer(DirectionKeys keys) {
    key = Jdk.aesKey(keys.key());
    nonce = new GcmNonce(keys.iv());
  }

  @Override
  public int alignment() {
    return ALIGNMENT;
  }

  @Override
  public boolean lengthIsPadded() {
    return false;
  }

  @Override
  public int tagLength() {
    return TAG_LENGTH;
  }

  @Override
  public void seal(int sequence, byte[] packet, int offset, int length) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, nonce.next());
      cipher.updateAAD(packet, offset, LENGTH_BYTES);
      int start = offset + LENGTH_BYTES;
      cipher.doFinal(packet, start, length - LENGTH_BYTES, packet, start);
    } catch (GeneralSecurityException e) {
      throw Jdk.missing(TRANSFORMATION, e);
    }
  }

  @Override
  public void close() {
    nonce.clear();
  }
}
