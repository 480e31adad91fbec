package dev.sluice.ssh.algorithm;

/**
 * Checks and decrypts the packets that one side receives, from one NEWKEYS to the next (RFC 4253
 * section 6).
 *
 * <p>For each packet {@link #packetLength} is called once, as soon as {@link #headLength} bytes of
 * it are there; the caller checks the result; then {@link #open} is called once. Owned by one
 * thread.
 */
public interface PacketOpener extends AutoCloseable {

  /** The padded part of a packet is a multiple of this, in bytes: 8 or 16. */
  int alignment();

  /** Whether the four bytes of the length count in the padded part. */
  boolean lengthIsPadded();

  /** Bytes after the padding that belong to the packet. */
  int tagLength();

  /** Bytes of a packet that must be there before its length is known: 4, or a cipher block. */
  int headLength();

  /**
   * The packet's {@code packet_length}, as the peer wrote it: a uint32 that nothing has checked.
   *
   * @param sequence the packet's number, a uint32
   * @param in holds {@link #headLength} bytes of the packet from {@code offset} on
   */
  long packetLength(int sequence, byte[] in, int offset);

  /**
   * Whether a length that is out of bounds must not be refused at once: an immediate refusal would
   * reveal to the peer what a block of its choice decrypts to.
   */
  default boolean hidesBadLength() {
    return false;
  }

  /**
   * Checks the tag and writes {@code packet_length ‖ padding_length ‖ payload ‖ padding}, four and
   * {@code packetLength} bytes, to {@code out}.
   *
   * @param in holds the packet and its tag from {@code inOffset} on; it is not changed
   * @param out an array other than {@code in}
   * @param packetLength what {@link #packetLength} returned, found to be in bounds and aligned
   * @throws dev.sluice.ssh.wire.SshViolation with {@code MAC_ERROR} if the tag is wrong; then
   *     {@code out} holds nothing of the packet
   */
  void open(int sequence, byte[] in, int inOffset, byte[] out, int outOffset, int packetLength);

  /** Drops the keys. */
  @Override
  void close();
}
