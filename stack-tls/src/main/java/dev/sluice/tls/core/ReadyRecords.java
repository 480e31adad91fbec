package dev.sluice.tls.core;

import dev.sluice.tls.record.Alert;
import dev.sluice.tls.record.ClientHelloPeek;
import dev.sluice.tls.record.ContentType;
import dev.sluice.tls.record.TlsRecordHeader;
import dev.sluice.tls.session.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Records that are ready to go out, and those that are held back until the peer's end. */
final class ReadyRecords {
  private static final int LAST_WORDS = 8;

  /** Enough for every cipher to look at what it authenticates. */
  private static final int FORGED_OCTETS = 64;

  private final ByteBufAllocator allocator;
  private final ArrayDeque<ByteBuf> ready = new ArrayDeque<>();
  private final ArrayDeque<ByteBuf> held = new ArrayDeque<>();

  ReadyRecords(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /**
   * Takes the buffer.
   *
   * @param late whether it goes out only after {@link #release}
   */
  void add(ByteBuf records, boolean late) {
    (late ? held : ready).add(records);
  }

  /** Nothing is held back any more. */
  void release() {
    ready.addAll(held);
    held.clear();
  }

  /** Whether the next records hold a client's hello that offers a ticket. */
  boolean offersTicket(ClientHelloPeek peek) {
    ByteBuf first = ready.peek();
    ClientHello said = first == null ? null : peek.peek(first);
    return said != null && said.offersTicket();
  }

  /** The next records, which the caller owns; null = there are none. */
  @Nullable ByteBuf poll() {
    return ready.poll();
  }

  /** Takes what {@code engine} still has to send: mostly an alert or an end. */
  void drain(SSLEngine engine) {
    for (int i = 0; i < LAST_WORDS && !engine.isOutboundDone(); i++) {
      EngineStep wrap = EngineStep.wrap(engine, allocator);
      wrap.run();
      ByteBuf said = wrap.output();
      if (wrap.failure() != null || !said.isReadable()) {
        said.release();
        return;
      }
      ready.add(said);
    }
  }

  /**
   * Sends the peer an alert that names its error.
   *
   * @param engine sends an alert of its own choice; null = there are no keys yet, and the alert
   *     goes out in clear
   */
  void refuse(Alert alert, @Nullable SSLEngine engine) {
    if (engine != null) {
      breakOff(engine);
      drain(engine);
    } else {
      ByteBuf record = allocator.buffer();
      alert.encode(record);
      ready.add(record);
    }
  }

  /**
   * No engine offers a way to send an alert, and its end would look orderly to the peer. So the
   * engine gets a record that it must refuse.
   */
  private void breakOff(SSLEngine engine) {
    TlsRecordHeader header = new TlsRecordHeader(ContentType.APPLICATION_DATA, FORGED_OCTETS);
    ByteBuf forged = allocator.heapBuffer(TlsRecordHeader.OCTETS + FORGED_OCTETS);
    header.encode(forged);
    forged.writeZero(FORGED_OCTETS);
    EngineStep unwrap = EngineStep.unwrap(engine, forged, allocator);
    unwrap.run();
    unwrap.output().release();
    if (unwrap.failure() == null) {
      engine.closeOutbound();
    }
  }

  void discard() {
    ready.forEach(ByteBuf::release);
    ready.clear();
    held.forEach(ByteBuf::release);
    held.clear();
  }
}
