package dev.sluice.tls.core;

import dev.sluice.api.SessionClosed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a core sends, in order: records that are ready, plaintext sealed on demand, the end. */
final class Outgoing {
  final ReadyRecords ready;
  private final RecordSealer sealer;
  private final ByteBufAllocator allocator;
  private boolean endWanted;
  private boolean endSaid;

  Outgoing(ByteBufAllocator allocator) {
    this.allocator = allocator;
    this.ready = new ReadyRecords(allocator);
    this.sealer = new RecordSealer(allocator);
  }

  /** Takes the buffer. */
  void send(ByteBuf plaintext) {
    sealer.add(plaintext);
  }

  void end() {
    endWanted = true;
  }

  /** Whether nothing more can be sent. */
  boolean isEnding() {
    return endWanted;
  }

  /** Whether close_notify has been made into a record. */
  boolean hasEnded() {
    return endSaid;
  }

  long octetsSealed() {
    return sealer.octetsSealed();
  }

  /** The handshake is over: from now on plaintext can be sealed. */
  void established(SSLEngine engine) {
    sealer.established(engine.getSession().getPacketBufferSize());
  }

  /**
   * The next records, which the caller owns; null = there are none.
   *
   * @param engine seals the records; null = it cannot yet
   */
  @Nullable ByteBuf next(@Nullable SSLEngine engine) throws SSLException {
    if (!sealer.isEmpty() || endWanted) {
      ready.release(); // records cannot overtake each other
    }
    ByteBuf records = ready.poll();
    if (records != null || engine == null) {
      return records;
    }
    if (sealer.isEmpty()) {
      return endWanted && !endSaid ? sayEnd(engine) : null;
    }
    ByteBuf sealed = sealer.seal(engine);
    if (sealed == null) {
      endSaid = true; // TLS 1.2: the peer's close_notify ends both directions
      throw new SessionClosed("the peer has ended the TLS session");
    }
    return sealed;
  }

  private ByteBuf sayEnd(SSLEngine engine) {
    endSaid = true;
    engine.closeOutbound();
    ready.drain(engine);
    ByteBuf first = ready.poll();
    return first == null ? allocator.buffer(0) : first;
  }

  void discard() {
    ready.discard();
    sealer.discard();
  }
}
