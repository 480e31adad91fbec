package dev.sluice.tls.core;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Seals waiting octets, as many records at a time as fit into one heap buffer. */
final class RecordSealer {
  private static final int RECORDS = 8;
  private static final int PLAINTEXT = 1 << 14;
  private static final int SOURCES = 16;

  private final ByteBufAllocator allocator;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private int packetOctets;
  private long waitingOctets;
  private long octetsSealed;

  RecordSealer(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /**
   * The handshake is over.
   *
   * @param newPacketOctets room that the engine wants for every record
   */
  void established(int newPacketOctets) {
    packetOctets = newPacketOctets;
  }

  /** Takes the buffer. */
  void add(ByteBuf plaintext) {
    if (plaintext.isReadable()) {
      waitingOctets += plaintext.readableBytes();
      waiting.add(plaintext);
    } else {
      plaintext.release();
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  long octetsSealed() {
    return octetsSealed;
  }

  void discard() {
    waiting.forEach(ByteBuf::release);
    waiting.clear();
    waitingOctets = 0;
  }

  /** Records with the first of the waiting octets; null = the engine seals no more. */
  @Nullable ByteBuf seal(SSLEngine engine) throws SSLException {
    long records = Math.min(RECORDS, (waitingOctets + PLAINTEXT - 1) / PLAINTEXT);
    ByteBuf packet = allocator.heapBuffer(Math.toIntExact(records) * packetOctets);
    try {
      while (!waiting.isEmpty() && packet.writableBytes() >= packetOctets) {
        if (!sealOne(engine, packet)) {
          break;
        }
      }
    } catch (SSLException | RuntimeException e) {
      packet.release();
      throw e;
    }
    if (packet.isReadable()) {
      return packet;
    }
    packet.release();
    return null;
  }

  private boolean sealOne(SSLEngine engine, ByteBuf packet) throws SSLException {
    ByteBuffer target = packet.internalNioBuffer(packet.writerIndex(), packet.writableBytes());
    SSLEngineResult result =
        isOneSource()
            ? engine.wrap(waiting.element().nioBuffer(), target)
            : engine.wrap(sources(), target);
    packet.writerIndex(packet.writerIndex() + result.bytesProduced());
    consume(result.bytesConsumed());
    return result.getStatus() == SSLEngineResult.Status.OK;
  }

  private boolean isOneSource() {
    return waiting.size() == 1 || waiting.element().readableBytes() >= PLAINTEXT;
  }

  /** The buffers of one record. */
  private ByteBuffer[] sources() {
    ByteBuffer[] sources = new ByteBuffer[Math.min(SOURCES, waiting.size())];
    int i = 0;
    for (ByteBuf octets : waiting) {
      if (i == sources.length) {
        break;
      }
      sources[i++] = octets.nioBuffer();
    }
    return sources;
  }

  private void consume(int octets) {
    octetsSealed += octets;
    waitingOctets -= octets;
    int rest = octets;
    while (rest > 0) {
      ByteBuf head = waiting.element();
      int part = Math.min(rest, head.readableBytes());
      head.skipBytes(part);
      rest -= part;
      if (!head.isReadable()) {
        waiting.remove().release();
      }
    }
  }
}
