package dev.sluice.ssh.packet;

import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.DirectionKeys;
import dev.sluice.ssh.algorithm.Macs;
import dev.sluice.ssh.algorithm.PacketSealer;
import dev.sluice.ssh.algorithm.PayloadDeflater;
import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.SshMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Makes packets out of messages (RFC 4253 section 6). Packets are sealed as they are written, into
 * a heap buffer that many share: one write and one flush carry them.
 */
public final class PacketWriter implements AutoCloseable {
  /** The most data that one message carries. */
  public static final int MAX_DATA = 32 * 1024;

  private static final int LENGTH_OCTETS = 4;
  private static final int HEADER_OCTETS = 5;
  private static final int MIN_PADDING = 4;
  private static final int DATA_PACKET = MAX_DATA + 256;
  private static final int BATCH = 4 * DATA_PACKET;
  private static final int SMALL_BATCH = 2 * 1024;

  private final ByteBufAllocator allocator;
  private final Padding padding;
  private final ArrayDeque<ByteBuf> full = new ArrayDeque<>();
  private final Traffic traffic = new Traffic();
  private PacketSealer sealer =
      Ciphers.NONE.sealer(Macs.NONE, new DirectionKeys(new byte[0], new byte[0], new byte[0]));
  private @Nullable PayloadDeflater deflater;
  private @Nullable ByteBuf batch;
  private int sequence;
  private long waiting;

  public PacketWriter(ByteBufAllocator allocator, SecureRandom random) {
    this.allocator = allocator;
    this.padding = new Padding(random);
  }

  /** Octets that go before the first packet. */
  public void writeRaw(byte[] octets) {
    room(octets.length).writeBytes(octets);
    waiting += octets.length;
  }

  public void write(SshMessage message) {
    ByteBuf out = room(SMALL_BATCH / 2);
    int start = begin(out);
    if (deflater == null) {
      message.encode(out);
    } else {
      ByteBuf payload = allocator.heapBuffer();
      try {
        message.encode(payload);
        deflater.deflate(payload, out);
      } finally {
        payload.release();
      }
    }
    finish(out, start);
  }

  /** A payload that is encoded already; borrowed. */
  public void write(byte[] payload) {
    ByteBuf out = room(payload.length + DATA_PACKET - MAX_DATA);
    int start = begin(out);
    if (deflater == null) {
      out.writeBytes(payload);
    } else {
      deflater.deflate(Unpooled.wrappedBuffer(payload), out);
    }
    finish(out, start);
  }

  /** Whether another message full of data fits into the batch. */
  public boolean hasRoom() {
    return batch == null || batch.capacity() < BATCH || batch.writableBytes() >= DATA_PACKET;
  }

  /** Writes a message of data; moves the reader index of {@code source}. See {@link PacketSink}. */
  public void writeData(int channel, int type, ByteBuf source, int length) {
    ByteBuf out = room(DATA_PACKET);
    int start = begin(out);
    if (deflater == null) {
      encodeData(out, channel, type, source, length);
    } else {
      ByteBuf payload = allocator.heapBuffer(DATA_PACKET);
      try {
        encodeData(payload, channel, type, source, length);
        deflater.deflate(payload, out);
      } finally {
        payload.release();
      }
    }
    finish(out, start);
  }

  /** What was written, oldest first, owned by the caller; null = nothing. */
  public @Nullable ByteBuf take() {
    ByteBuf oldest = full.poll();
    if (oldest == null) {
      oldest = batch;
      batch = null;
    }
    if (oldest != null) {
      waiting -= oldest.readableBytes();
    }
    return oldest;
  }

  /** Octets written and not taken. */
  public long waiting() {
    return waiting;
  }

  /** What was written under the present keys. */
  public Traffic traffic() {
    return traffic;
  }

  /**
   * Seals the next packet with new keys.
   *
   * @param restart whether packets are counted from 0 again
   */
  public void use(PacketSealer newSealer, boolean restart) {
    sealer.close();
    sealer = newSealer;
    sequence = restart ? 0 : sequence;
    traffic.restart();
  }

  /** Compresses the next packet, with a new stream; null = not. */
  public void deflate(@Nullable PayloadDeflater newDeflater) {
    if (deflater != null) {
      deflater.close();
    }
    deflater = newDeflater;
  }

  /** Drops keys; what was written can still be taken. */
  @Override
  public void close() {
    sealer.close();
    deflate(null);
  }

  private static void encodeData(ByteBuf out, int channel, int type, ByteBuf source, int length) {
    if (type == 0) {
      ChannelMessage.Data.encodeHeader(out, channel, length);
    } else {
      ChannelMessage.ExtendedData.encodeHeader(out, channel, type, length);
    }
    out.writeBytes(source, length);
  }

  private ByteBuf room(int octets) {
    ByteBuf current = batch;
    if (current != null && current.writableBytes() < octets) {
      full.add(current);
      current = null;
    }
    if (current == null) {
      current = allocator.heapBuffer(octets > SMALL_BATCH ? Math.max(octets, BATCH) : SMALL_BATCH);
      batch = current;
    }
    return current;
  }

  private static int begin(ByteBuf out) {
    int start = out.writerIndex();
    out.writerIndex(start + HEADER_OCTETS);
    return start;
  }

  private void finish(ByteBuf out, int start) {
    int body = out.writerIndex() - start - LENGTH_OCTETS;
    int alignment = sealer.alignment();
    int aligned = sealer.lengthIsPadded() ? body + LENGTH_OCTETS : body;
    int pad = alignment - aligned % alignment;
    if (pad < MIN_PADDING) {
      pad += alignment;
    }
    out.ensureWritable(pad + sealer.tagLength());
    out.setInt(start, body + pad);
    out.setByte(start + LENGTH_OCTETS, pad);
    padding.write(out, pad);
    int length = LENGTH_OCTETS + body + pad;
    sealer.seal(sequence++, out.array(), out.arrayOffset() + start, length);
    out.writerIndex(out.writerIndex() + sealer.tagLength());
    traffic.add(length + sealer.tagLength());
    waiting += length + sealer.tagLength();
  }
}
