package dev.sluice.ssh.packet;

import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.DirectionKeys;
import dev.sluice.ssh.algorithm.Macs;
import dev.sluice.ssh.algorithm.PacketOpener;
import dev.sluice.ssh.algorithm.PayloadInflater;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * Splits what the peer sends into packets and opens them (RFC 4253 section 6). A length is checked
 * as soon as it is known; between reads, only the incomplete packet is kept.
 *
 * <p>Each packet is copied once, into an array that belongs to the thread: the ciphers of the JDK
 * copy everything again when input and output are parts of one array, as pooled buffers are.
 */
public final class PacketReader implements AutoCloseable {
  private static final int LENGTH_OCTETS = 4;
  private static final int MIN_PACKET_LENGTH = 5;
  private static final int MIN_PADDING = 4;

  private static final int FIRST_SCRATCH = 40 * 1024;

  private static final FastThreadLocal<byte[]> SCRATCH =
      new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
          return new byte[FIRST_SCRATCH];
        }
      };

  private final ByteBufAllocator allocator;
  private final Traffic traffic = new Traffic();
  private final PacketNumbers numbers;
  private PacketOpener opener =
      Ciphers.NONE.opener(Macs.NONE, new DirectionKeys(new byte[0], new byte[0], new byte[0]));
  private @Nullable PayloadInflater inflater;
  private @Nullable ByteBuf borrowed;
  private @Nullable ByteBuf kept;
  private Head head = Head.AWAITED;
  private int packetLength;
  private int limit;

  /** What is known of the packet that is due. */
  private enum Head {
    /** Nothing. */
    AWAITED,
    /** Its length. */
    READ,
    /** Its length is out of bounds: as many octets as a packet may have are read all the same. */
    DOOMED
  }

  /**
   * @param limit the largest {@code packet_length} that is accepted, in octets
   */
  public PacketReader(ByteBufAllocator allocator, int limit) {
    this(allocator, limit, 0);
  }

  /**
   * @param sequence the number of the first packet, a uint32
   */
  PacketReader(ByteBufAllocator allocator, int limit, int sequence) {
    this.allocator = allocator;
    this.limit = limit;
    this.numbers = new PacketNumbers(sequence);
  }

  public void limit(int newLimit) {
    limit = newLimit;
  }

  /** Lends what the peer has sent, until {@link #keep}. */
  public void receive(ByteBuf octets) {
    borrowed = octets;
  }

  /** The payload of the next packet, owned by the caller; null = more octets are needed. */
  public @Nullable ByteBuf next() {
    if (head == Head.AWAITED && !readLength()) {
      return null;
    }
    int whole = LENGTH_OCTETS + packetLength + opener.tagLength();
    ByteBuf source = holding(whole);
    if (source == null) {
      return null;
    }
    if (head == Head.DOOMED) {
      throw badLength(packetLength);
    }
    numbers.check();
    ByteBuf payload = open(peek(source, whole));
    source.skipBytes(whole);
    dropIfRead();
    head = Head.AWAITED;
    numbers.advance();
    traffic.add(whole);
    return inflater == null ? payload : inflate(inflater, payload);
  }

  /** Takes what was lent and not read yet. */
  public void keep() {
    ByteBuf rest = borrowed;
    borrowed = null;
    if (rest != null && rest.isReadable()) {
      if (kept == null) {
        kept = allocator.heapBuffer(rest.readableBytes());
      }
      kept.writeBytes(rest);
    }
  }

  /** The number of the packet that {@link #next} returned last, a uint32. */
  public int lastSequence() {
    return numbers.last();
  }

  /** What has arrived under the present keys. */
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
    numbers.renew(restart);
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
    borrowed = null;
    if (kept != null) {
      kept.release();
      kept = null;
    }
  }

  private boolean readLength() {
    ByteBuf source = holding(opener.headLength());
    if (source == null) {
      return false;
    }
    long length = opener.packetLength(numbers.next(), peek(source, opener.headLength()), 0);
    long padded = opener.lengthIsPadded() ? length + LENGTH_OCTETS : length;
    if (length < MIN_PACKET_LENGTH || length > limit || padded % opener.alignment() != 0) {
      if (!opener.hidesBadLength()) {
        throw badLength(length);
      }
      packetLength = limit;
      head = Head.DOOMED;
      return true;
    }
    packetLength = (int) length;
    head = Head.READ;
    return true;
  }

  /** A buffer that begins with {@code length} octets of the packet; null = not all have arrived. */
  private @Nullable ByteBuf holding(int length) {
    ByteBuf lent = borrowed;
    ByteBuf own = kept;
    if (own == null) {
      return lent != null && lent.readableBytes() >= length ? lent : null;
    }
    int missing = length - own.readableBytes();
    if (missing > 0 && lent != null) {
      own.writeBytes(lent, Math.min(missing, lent.readableBytes()));
    }
    return own.readableBytes() >= length ? own : null;
  }

  private static byte[] peek(ByteBuf source, int length) {
    byte[] scratch = SCRATCH.get();
    if (scratch.length < length) {
      scratch = new byte[length];
      SCRATCH.set(scratch);
    }
    source.getBytes(source.readerIndex(), scratch, 0, length);
    return scratch;
  }

  private void dropIfRead() {
    if (kept != null && !kept.isReadable()) {
      kept.release();
      kept = null;
    }
  }

  private ByteBuf open(byte[] sealed) {
    ByteBuf packet = allocator.heapBuffer(LENGTH_OCTETS + packetLength);
    try {
      opener.open(numbers.next(), sealed, 0, packet.array(), packet.arrayOffset(), packetLength);
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
