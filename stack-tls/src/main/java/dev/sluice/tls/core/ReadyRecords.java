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
   * @param late whether it goes out behind {@link #release} only
   */
  void add(ByteBuf records, boolean late) {
    (late ? held : ready).add(records);
  }

  /** Nothing is held back any more. */
  void release() {
    ready.addAll(held);
    held.clear();
  }

  /** Whether a client's hello goes out next that offers a ticket. */
  boolean offersTicket(ClientHelloPeek peek) {
    ByteBuf first = ready.peek();
    ClientHello said = first == null ? null : peek.peek(first);
    return said != null && said.offersTicket();
  }

  /** The caller's. */
  @Nullable ByteBuf poll() {
    return ready.poll();
  }

  /** What {@code engine} still has to say: an alert or an end, mostly. */
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
   * Tells the peer what it broke.
   *
   * @param engine says that something is broken, in its own words; null = there are no keys yet,
   *     and the alert is in clear
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
   * No engine takes an alert to send, and its end would look orderly to the peer. So it is given a
   * record that it must refuse.
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
