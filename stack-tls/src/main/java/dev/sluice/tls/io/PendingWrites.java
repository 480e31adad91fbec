package dev.sluice.tls.io;

import dev.sluice.tls.core.TlsCore;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Writes of plaintext, and the promises to complete when their records are written. */
final class PendingWrites {
  private final ArrayDeque<Write> unflushed = new ArrayDeque<>();
  private final ArrayDeque<Promise> promised = new ArrayDeque<>();
  private long octetsGiven;

  private record Write(ByteBuf octets, ChannelPromise promise) {}

  /**
   * @param end the number of the last octet, from the beginning of the stream
   */
  private record Promise(long end, ChannelPromise promise) {}

  /** Takes the buffer. */
  void add(ByteBuf octets, ChannelPromise promise) {
    unflushed.add(new Write(octets, promise));
  }

  /** Gives the core all plaintext written so far. */
  void flushTo(TlsCore core) {
    for (Write write = unflushed.poll(); write != null; write = unflushed.poll()) {
      octetsGiven += write.octets().readableBytes();
      if (!write.promise().isVoid()) {
        promised.add(new Promise(octetsGiven, write.promise()));
      }
      core.send(write.octets());
    }
  }

  /** Whether a promise depends on the octets up to {@code sealed}. */
  boolean concerns(long sealed) {
    return !promised.isEmpty() && promised.element().end() <= sealed;
  }

  /** The octets up to {@code sealed} are written when {@code written} completes. */
  void keep(long sealed, ChannelFuture written) {
    List<ChannelPromise> due = new ArrayList<>(promised.size());
    while (concerns(sealed)) {
      due.add(promised.remove().promise());
    }
    written.addListener(
        future -> {
          for (ChannelPromise promise : due) {
            if (future.isSuccess()) {
              promise.trySuccess();
            } else {
              promise.tryFailure(future.cause());
            }
          }
        });
  }

  /** Fails all promises: nothing is written any more. */
  void fail(Throwable cause) {
    for (Write write = unflushed.poll(); write != null; write = unflushed.poll()) {
      write.octets().release();
      write.promise().tryFailure(cause);
    }
    for (Promise promise = promised.poll(); promise != null; promise = promised.poll()) {
      promise.promise().tryFailure(cause);
    }
  }
}
