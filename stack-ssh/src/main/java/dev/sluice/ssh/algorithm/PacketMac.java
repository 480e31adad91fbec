package dev.sluice.ssh.algorithm;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/** The MAC over a packet and its number (RFC 4253 section 6.4). */
final class PacketMac {
  private final Mac mac;
  private final byte[] number = new byte[4];
  private final byte[] expected;

  PacketMac(MacAlgorithm algorithm, byte[] key) {
    mac = Jdk.mac(algorithm.jcaName(), key);
    expected = new byte[algorithm.tagLength()];
  }

  /** Writes the tag of {@code length} octets after them. */
  void append(int sequence, byte[] octets, int offset, int length) {
    compute(sequence, octets, offset, length, octets, offset + length);
  }

  /** Whether {@code tag} holds the tag of {@code length} octets, found in constant time. */
  boolean matches(int sequence, byte[] octets, int offset, int length, byte[] tag, int tagOffset) {
    compute(sequence, octets, offset, length, expected, 0);
    return Octets.sameTag(expected, tag, tagOffset, expected.length);
  }

  private void compute(
      int sequence, byte[] octets, int offset, int length, byte[] out, int outOffset) {
    Octets.putInt(number, 0, sequence);
    mac.update(number);
    mac.update(octets, offset, length);
    try {
      mac.doFinal(out, outOffset);
    } catch (GeneralSecurityException e) {
      throw Jdk.missing(mac.getAlgorithm(), e);
    }
  }
}
