package dev.sluice.ssh.packet;

import dev.sluice.ssh.DisconnectReason;
import dev.sluice.ssh.SshViolation;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.DirectionKeys;
import dev.sluice.ssh.algorithm.Macs;
import dev.sluice.ssh.algorithm.PacketOpener;
import dev.sluice.ssh.algorithm.PayloadInflater;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what the peer sends into packets and opens them (RFC 4253 section 6). A length is checked as
 * soon as it is known; what is kept is one packet and one read at most, and nothing between
 * packets.
 */
public final class PacketReader implements AutoCloseable {
  private static final int LENGTH_OCTETS = 4;
  private static final int MIN_PACKET_LENGTH = 5;
  private static final int MIN_PADDING = 4;

  private final ByteBufAllocator allocator;
  private PacketOpener opener =
      Ciphers.NONE.opener(Macs.NONE, new DirectionKeys(new byte[0], new byte[0], new byte[0]));
  private @Nullable PayloadInflater inflater;
  private @Nullable ByteBuf received;
  private boolean lengthKnown;
  private int packetLength;
  private int limit;
  private int sequence;
  private int lastSequence;
  private final Traffic traffic = new Traffic();

  /**
   * @param limit the largest {@code packet_length} that is accepted, in octets
   */
  public PacketReader(ByteBufAllocator allocator, int limit) {
    this.allocator = allocator;
    this.limit = limit;
  }

  public void limit(int newLimit) {
    limit = newLimit;
  }

  /** Takes all of the peer's octets; borrows the buffer. */
  public void receive(ByteBuf octets) {
    ByteBuf buffer = received;
    if (buffer == null) {
      buffer = allocator.heapBuffer(octets.readableBytes());
      received = buffer;
    } else {
      buffer.discardReadBytes();
    }
    buffer.writeBytes(octets);
  }

  /** The payload of the next packet, the caller's; null = more octets are needed. */
  public @Nullable ByteBuf next() {
    ByteBuf buffer = received;
    if (buffer == null || !lengthKnown && !readLength(buffer)) {
      return null;
    }
    int whole = LENGTH_OCTETS + packetLength + opener.tagLength();
    if (buffer.readableBytes() < whole) {
      return null;
    }
    ByteBuf payload = open(buffer);
    buffer.skipBytes(whole);
    lengthKnown = false;
    lastSequence = sequence++;
    traffic.add(whole);
    if (!buffer.isReadable()) {
      buffer.release();
      received = null;
    }
    return inflater == null ? payload : inflate(inflater, payload);
  }

  /** The number of the packet that {@link #next} answered last, a uint32. */
  public int lastSequence() {
    return lastSequence;
  }

  /** What has come under the present keys. */
  public Traffic traffic() {
    return traffic;
  }

  /**
   * The next packet is sealed with new keys.
   *
   * @param restart whether packets are counted from 0 again
   */
  public void use(PacketOpener newOpener, boolean restart) {
    opener.close();
    opener = newOpener;
    sequence = restart ? 0 : sequence;
    traffic.restart();
  }

  /** The next packet is compressed, with a new stream; null = not compressed. */
  public void inflate(@Nullable PayloadInflater newInflater) {
    if (inflater != null) {
      inflater.close();
    }
    inflater = newInflater;
  }

  /** Drops keys and what was received. */
  @Override
  public void close() {
    opener.close();
    inflate(null);
    if (received != null) {
      received.release();
      received = null;
    }
  }

  private boolean readLength(ByteBuf buffer) {
    if (buffer.readableBytes() < opener.headLength()) {
      return false;
    }
    int offset = buffer.arrayOffset() + buffer.readerIndex();
    long length = opener.packetLength(sequence, buffer.array(), offset);
    long padded = opener.lengthIsPadded() ? length + LENGTH_OCTETS : length;
    if (length < MIN_PACKET_LENGTH || length > limit || padded % opener.alignment() != 0) {
      throw badLength(length);
    }
    packetLength = (int) length;
    lengthKnown = true;
    return true;
  }

  private ByteBuf open(ByteBuf buffer) {
    ByteBuf packet = allocator.heapBuffer(LENGTH_OCTETS + packetLength);
    try {
      opener.open(
          sequence,
          buffer.array(),
          buffer.arrayOffset() + buffer.readerIndex(),
          packet.array(),
          packet.arrayOffset(),
          packetLength);
      packet.setIndex(LENGTH_OCTETS, LENGTH_OCTETS + packetLength);
      int padding = packet.readUnsignedByte();
      if (padding < MIN_PADDING || padding >= packetLength - 1) {
        throw SshViolation.protocol(
            "packet: " + padding + " octets of padding in a packet of " + packetLength);
      }
      return packet.writerIndex(packet.writerIndex() - padding);
    } catch (RuntimeException e) {
      packet.release();
      throw e;
    }
  }

  private ByteBuf inflate(PayloadInflater with, ByteBuf payload) {
    ByteBuf out = allocator.heapBuffer(payload.readableBytes());
    try {
      with.inflate(payload, out);
      if (!out.isReadable()) {
        throw SshViolation.protocol("packet: no payload");
      }
      return out;
    } catch (RuntimeException e) {
      out.release();
      throw e;
    } finally {
      payload.release();
    }
  }

  /** Where the length was encrypted, the peer must not learn what it decrypted to. */
  private SshViolation badLength(long length) {
    if (opener.headLength() > LENGTH_OCTETS) {
      return new SshViolation(DisconnectReason.MAC_ERROR, "packet: the MAC is wrong");
    }
    return SshViolation.protocol(
        "packet: packet_length " + length + ", not 5 to " + limit + " or not aligned");
  }
}
