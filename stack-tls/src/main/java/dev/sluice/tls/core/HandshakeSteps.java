package dev.sluice.tls.core;

import dev.sluice.tls.record.RecordFramer;
import dev.sluice.tls.record.TlsRecordHeader;
import dev.sluice.tls.session.TlsVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/** Decides which call to an engine its handshake needs next. */
final class HandshakeSteps {
  private final RecordFramer framer;
  private final ByteBufAllocator allocator;
  private boolean sessionBegun;
  private boolean late;
  private boolean ticketsAtEnd;

  HandshakeSteps(RecordFramer framer, ByteBufAllocator allocator) {
    this.framer = framer;
    this.allocator = allocator;
  }

  /** Sets whether records that an engine writes after its handshake wait for the peer's end. */
  void holdTickets(boolean untilEnd) {
    ticketsAtEnd = untilEnd;
  }

  static boolean isOver(SSLEngine engine) {
    HandshakeStatus status = engine.getHandshakeStatus();
    return status == HandshakeStatus.FINISHED || status == HandshakeStatus.NOT_HANDSHAKING;
  }

  /** The next call; null = more octets are needed first. */
  @Nullable EngineStep next(SSLEngine engine, ByteBuf input) {
    sessionBegun |= engine.getHandshakeSession() != null;
    return switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> tasks(engine);
      case NEED_WRAP -> wrap(engine, false);
      case NEED_UNWRAP_AGAIN -> EngineStep.unwrap(engine, allocator.heapBuffer(0), allocator);
      default -> {
        TlsRecordHeader header = framer.next(input);
        yield header == null ? null : unwrap(engine, input, header);
      }
    };
  }

  EngineStep tasks(SSLEngine engine) {
    return EngineStep.tasks(engine, allocator);
  }

  private EngineStep unwrap(SSLEngine engine, ByteBuf input, TlsRecordHeader header) {
    ByteBuf record = input.readBytes(TlsRecordHeader.OCTETS + header.length());
    return EngineStep.unwrap(engine, record, allocator);
  }

  /**
   * Lets the engine write. After its handshake it has only tickets and the like to send; in TLS 1.2
   * tickets are part of the handshake, which the peer waits for.
   */
  EngineStep wrap(SSLEngine engine, boolean peerEnded) {
    late =
        ticketsAtEnd
            && sessionBegun
            && engine.getHandshakeSession() == null
            && TlsVersion.named(engine.getSession().getProtocol()) == TlsVersion.TLS_1_3
            && !peerEnded;
    return EngineStep.wrap(engine, allocator);
  }

  /** Whether the records written last are held back until the peer's end. */
  boolean isLate() {
    return late;
  }
}
