package dev.sluice.ssh.algorithm;

/**
 * Encrypts and authenticates the packets that one side sends, from one NEWKEYS to the next (RFC
 * 4253 section 6).
 *
 * <p>Cipher and MAC are one step here, since each pair orders them in its own way. Owned by one
 * thread. Packets must be sealed in the order in which they are sent.
 */
public interface PacketSealer extends AutoCloseable {

  /** The padded part of a packet is a multiple of this, in bytes: 8 or 16. */
  int alignment();

  /** Whether the four bytes of the length count in the padded part. */
  boolean lengthIsPadded();

  /** Bytes that {@link #seal} writes after the packet. */
  int tagLength();

  /**
   * Seals a packet in place.
   *
   * @param sequence the packet's number, a uint32
   * @param packet holds {@code packet_length ‖ padding_length ‖ payload ‖ padding}, followed by
   *     room for {@link #tagLength} bytes
   * @param offset where {@code packet_length} begins
   * @param length bytes from there to the end of the padding
   */
  void seal(int sequence, byte[] packet, int offset, int length);

  /** Drops the keys. */
  @Override
  void close();
}
