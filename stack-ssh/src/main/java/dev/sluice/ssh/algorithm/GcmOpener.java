package dev.sluice.ssh.algorithm;

import static dev.sluice.ssh.algorithm.Octets.LENGTH_BYTES;

import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/** The receiving side of {@link GcmSealer}. */
final class GcmOpener implements PacketOpener {
  private final Cipher cipher = Jdk.cipher(GcmSealer.TRANSFORMATION);
  private final Key key;
  private final GcmNonce nonce;

  GcmOpener(DirectionKeys keys) {
    key = Jdk.aesKey(keys.key());
    nonce = new GcmNonce(keys.iv());
  }

  @Override
  public int alignment() {
    return GcmSealer.ALIGNMENT;
  }

  @Override
  public boolean lengthIsPadded() {
    return false;
  }

  @Override
  public int tagLength() {
    return GcmSealer.TAG_LENGTH;
  }

  @Override
  public int headLength() {
    return LENGTH_BYTES;
  }

  @Override
  public long packetLength(int sequence, byte[] in, int offset) {
    return Octets.uint32(in, offset);
  }

  @Override
  public void open(
      int sequence, byte[] in, int inOffset, byte[] out, int outOffset, int packetLength) {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, nonce.next());
      cipher.updateAAD(in, inOffset, LENGTH_BYTES);
      cipher.doFinal(
          in,
          inOffset + LENGTH_BYTES,
          packetLength + GcmSealer.TAG_LENGTH,
          out,
          outOffset + LENGTH_BYTES);
      System.arraycopy(in, inOffset, out, outOffset, LENGTH_BYTES);
    } catch (AEADBadTagException e) {
      throw Octets.wrongTag(out, outOffset, packetLength);
    } catch (GeneralSecurityException e) {
      throw Jdk.missing(GcmSealer.TRANSFORMATION, e);
    }
  }

  @Override
  public void close() {
    nonce.clear();
  }
}
