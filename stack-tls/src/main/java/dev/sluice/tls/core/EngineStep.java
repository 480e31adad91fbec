package dev.sluice.tls.core;

import dev.sluice.api.PeerMisbehaved;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One call to an engine during its handshake, with memory of its own, so that it may run on another
 * thread.
 */
final class EngineStep implements Runnable {

  /** The method that is called. */
  enum Kind {
    WRAP,
    UNWRAP,
    TASKS
  }

  private final SSLEngine engine;
  private final Kind kind;
  private final ByteBuf in;
  private final ByteBuf out;
  private @Nullable SSLEngineResult result;
  private @Nullable Throwable failure;

  private EngineStep(SSLEngine engine, Kind kind, ByteBuf in, ByteBuf out) {
    this.engine = engine;
    this.kind = kind;
    this.in = in;
    this.out = out;
  }

  /** Lets the engine write what it has to send. */
  static EngineStep wrap(SSLEngine engine, ByteBufAllocator allocator) {
    ByteBuf packet = allocator.heapBuffer(engine.getSession().getPacketBufferSize());
    return new EngineStep(engine, Kind.WRAP, allocator.heapBuffer(0), packet);
  }

  /**
   * Lets the engine read a record.
   *
   * @param record belongs to the step; empty = the engine wants to go on with what it has read
   */
  static EngineStep unwrap(SSLEngine engine, ByteBuf record, ByteBufAllocator allocator) {
    ByteBuf plaintext = allocator.heapBuffer(engine.getSession().getApplicationBufferSize());
    return new EngineStep(engine, Kind.UNWRAP, record, plaintext);
  }

  /** Runs the tasks that the engine delegates. */
  static EngineStep tasks(SSLEngine engine, ByteBufAllocator allocator) {
    return new EngineStep(engine, Kind.TASKS, allocator.heapBuffer(0), allocator.heapBuffer(0));
  }

  @Override
  public void run() {
    ByteBuffer target = out.nioBuffer(0, out.capacity());
    try {
      result = call(in.nioBuffer(), target);
      out.writerIndex(target.position());
    } catch (SSLException | RuntimeException e) {
      failure = e;
    } finally {
      in.release();
    }
  }

  private @Nullable SSLEngineResult call(ByteBuffer source, ByteBuffer target) throws SSLException {
    return switch (kind) {
      case WRAP -> engine.wrap(source, target);
      case UNWRAP -> engine.unwrap(source, target);
      case TASKS -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
        // The next call reports a task's failure; without this, it would wait for more input.
        yield engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP
            ? engine.unwrap(source, target)
            : null;
      }
    };
  }

  /** Whether it computes for a long time, with every provider. */
  boolean isLong() {
    return kind == Kind.TASKS;
  }

  /** Gives back the memory of a step that never runs. */
  void release() {
    in.release();
    out.release();
  }

  /**
   * Hands on what the engine has written.
   *
   * @param late whether it goes out only after the peer's end
   * @throws PeerMisbehaved when the engine has read application data, which may only come after a
   *     handshake
   */
  void deliver(ReadyRecords ready, boolean late) {
    if (failure != null || !out.isReadable()) {
      out.release();
    } else if (kind == Kind.WRAP) {
      ready.add(out, late);
    } else {
      out.release();
      throw new PeerMisbehaved("TLS: data before the end of the handshake");
    }
  }

  /** Hands over the octets produced, possibly none. */
  ByteBuf output() {
    return out;
  }

  /** The failure of the call; null = none. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Whether the engine has read or written the end of a stream. */
  boolean closed() {
    return result != null && result.getStatus() == SSLEngineResult.Status.CLOSED;
  }

  /** Whether the call ended the handshake. */
  boolean finished() {
    return result != null && result.getHandshakeStatus() == HandshakeStatus.FINISHED;
  }
}
