package dev.sluice.tls.core;

import dev.sluice.tls.record.RecordFramer;
import dev.sluice.tls.record.TlsRecordHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the records that have arrived, several into one buffer.
 *
 * <p>Records lie in a heap buffer, where the ciphers of the JDK are 1.3 to 3 times as fast as in
 * direct memory; plaintext goes into a direct buffer, from where files and sockets take it without
 * another copy.
 */
final class RecordOpener {
  private static final int MAX_OCTETS = 128 * 1024;

  private final RecordFramer framer;
  private final IdleRecords idleRecords;
  private final ByteBufAllocator allocator;

  /**
   * The result of opening records.
   *
   * @param octets the plaintext; null = none, more octets must arrive
   * @param closed the last record was a close_notify
   */
  record Opened(@Nullable ByteBuf octets, boolean closed) {}

  RecordOpener(RecordFramer framer, IdleRecords idleRecords, ByteBufAllocator allocator) {
    this.framer = framer;
    this.idleRecords = idleRecords;
    this.allocator = allocator;
  }

  /** Reads whole records from {@code input}; stops when the engine needs another kind of call. */
  Opened open(SSLEngine engine, ByteBuf input) throws SSLException {
    TlsRecordHeader header = framer.next(input);
    if (header == null) {
      return new Opened(null, false);
    }
    int room = Math.max(header.length(), Math.min(input.readableBytes(), MAX_OCTETS));
    ByteBuf plaintext = allocator.directBuffer(room, room);
    boolean closed = false;
    try {
      while (header != null && header.length() <= plaintext.writableBytes() && !closed) {
        SSLEngineResult result = openOne(engine, input, header, plaintext);
        closed = result.getStatus() == SSLEngineResult.Status.CLOSED;
        if (isBusy(result)) {
          break;
        }
        header = closed ? null : framer.next(input);
      }
    } catch (SSLException | RuntimeException e) {
      plaintext.release();
      throw e;
    }
    if (!plaintext.isReadable()) {
      plaintext.release();
      return new Opened(null, closed);
    }
    return new Opened(plaintext, closed);
  }

  private SSLEngineResult openOne(
      SSLEngine engine, ByteBuf input, TlsRecordHeader header, ByteBuf plaintext)
      throws SSLException {
    int length = TlsRecordHeader.OCTETS + header.length();
    ByteBuffer source = input.internalNioBuffer(input.readerIndex(), length);
    ByteBuffer target =
        plaintext.internalNioBuffer(plaintext.writerIndex(), plaintext.writableBytes());
    SSLEngineResult result = engine.unwrap(source, target);
    boolean closed = result.getStatus() == SSLEngineResult.Status.CLOSED;
    if (result.getStatus() != SSLEngineResult.Status.OK && !closed) {
      throw new IllegalStateException(result + " for a whole record of " + length + " octets");
    }
    input.skipBytes(length);
    plaintext.writerIndex(plaintext.writerIndex() + result.bytesProduced());
    if (result.bytesProduced() > 0) {
      idleRecords.dataArrived();
    } else if (!closed) {
      idleRecords.add();
    }
    return result;
  }

  private static boolean isBusy(SSLEngineResult result) {
    HandshakeStatus status = result.getHandshakeStatus();
    return status == HandshakeStatus.NEED_WRAP || status == HandshakeStatus.NEED_TASK;
  }
}
