package dev.sluice.ssh.algorithm;

import java.util.Arrays;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The nonces of AES-GCM: four fixed octets, and eight that count packets and wrap on their own (RFC
 * 5647 section 7.1). Neither the sequence number nor strict key exchange touches them.
 */
final class GcmNonce {
  private static final int FIXED = 4;
  private static final int TAG_BITS = 128;

  private final byte[] nonce;

  GcmNonce(byte[] initialIv) {
    nonce = initialIv.clone();
  }

  /** The parameters for the next packet. */
  GCMParameterSpec next() {
    GCMParameterSpec parameters = new GCMParameterSpec(TAG_BITS, nonce);
    Octets.putLong(nonce, FIXED, Octets.getLong(nonce, FIXED) + 1);
    return parameters;
  }

  void clear() {
    Arrays.fill(nonce, (byte) 0);
  }
}
