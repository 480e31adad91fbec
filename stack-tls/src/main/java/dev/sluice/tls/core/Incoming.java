package dev.sluice.tls.core;

import dev.sluice.tls.core.RecordOpener.Opened;
import dev.sluice.tls.record.ClientHelloPeek;
import dev.sluice.tls.record.RecordFramer;
import dev.sluice.tls.session.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a core has received and not used yet, decrypted on demand, and the peer's end. */
final class Incoming {
  private final ByteBuf octets;
  private final RecordFramer framer;
  private final RecordOpener opener;
  private final InputEnd end;
  private boolean requested;
  private boolean ended;

  Incoming(RecordFramer framer, IdleRecords idle, InputEnd end, ByteBufAllocator allocator) {
    this.octets = allocator.heapBuffer();
    this.framer = framer;
    this.opener = new RecordOpener(framer, idle, allocator);
    this.end = end;
  }

  /** Borrows the buffer. */
  void receive(ByteBuf bytes) {
    octets.discardReadBytes();
    octets.writeBytes(bytes);
  }

  /** The octets received, for the handshake to read. */
  ByteBuf octets() {
    return octets;
  }

  /** A client's hello; null = it is not complete yet. */
  @Nullable ClientHello hello(ClientHelloPeek peek) {
    return peek.peek(octets);
  }

  /** Asks for one buffer of plaintext. */
  void request() {
    requested = true;
  }

  boolean isRequested() {
    return requested;
  }

  /** Whether the peer's stream has ended. */
  boolean hasEnded() {
    return ended;
  }

  /** The connection under the stream has ended. */
  void closed() {
    end.reached();
  }

  /**
   * Whether the stream ends with the connection, although the peer has sent no close_notify.
   *
   * @param open whether the handshake is over
   */
  boolean isCutOff(boolean open) {
    return !ended && end.isTolerated(open, this::holdsRecord);
  }

  /** The peer's stream ends here. */
  void end() {
    ended = true;
  }

  /** Whether a record is to be opened now. */
  boolean isDue() {
    return requested && !ended && holdsRecord();
  }

  /**
   * Opens records until there is a buffer of plaintext, or the engine needs another kind of call.
   */
  Opened open(SSLEngine engine) throws SSLException {
    Opened opened = opener.open(engine, octets);
    if (opened.octets() != null) {
      requested = false;
    }
    return opened;
  }

  /** The octets after the peer's end, which are not TLS any more. The caller owns the buffer. */
  ByteBuf takeRest() {
    return octets.readBytes(octets.readableBytes());
  }

  void discard() {
    octets.release();
  }

  private boolean holdsRecord() {
    return framer.next(octets) != null;
  }
}
