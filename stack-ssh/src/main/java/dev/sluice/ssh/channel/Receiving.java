package dev.sluice.ssh.channel;

import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** The peer's direction of a channel: what has arrived and waits for its reader. */
final class Receiving {
  private final int id;
  private final int maxPacket;
  private final ReceiveWindow window;
  private final ReceiveQueue main;
  private final ReceiveQueue errors;
  private final Runnable readable;
  private ReceiveState state = ReceiveState.OPEN;
  private boolean errorsWanted;
  private boolean told;

  /**
   * @param id of the channel, for errors
   * @param readable called when there is more for a reader that has read everything
   */
  Receiving(
      int id, int maxPacket, ReceiveWindow window, ByteBufAllocator allocator, Runnable readable) {
    this.id = id;
    this.maxPacket = maxPacket;
    this.window = window;
    this.main = new ReceiveQueue(allocator);
    this.errors = new ReceiveQueue(allocator);
    this.readable = readable;
  }

  @Nullable ByteBuf read() {
    return read(main);
  }

  @Nullable ByteBuf readError() {
    return read(errors);
  }

  boolean hasData() {
    return !main.isEmpty();
  }

  boolean hasErrors() {
    return !errors.isEmpty();
  }

  void wantErrors() {
    errorsWanted = true;
  }

  boolean hasEnded() {
    return state.hasEnded();
  }

  boolean isClosed() {
    return state.isClosed();
  }

  long windowSize() {
    return window.size();
  }

  void widen() {
    if (!hasEnded()) {
      window.widen();
    }
  }

  /** Whether to let the peer send more. */
  boolean isDue() {
    return window.isDue();
  }

  /** Octets to let the peer send in addition; 0 = none now. What is returned has to be sent. */
  long grant(long nowNanos) {
    return hasEnded() ? 0 : window.adjust(nowNanos);
  }

  /** Takes the buffer. What nobody wants to read counts as read. */
  void onData(ByteBuf data, int type, long nowNanos) {
    int length = data.readableBytes();
    try {
      check(length, nowNanos);
    } catch (RuntimeException e) {
      data.release();
      throw e;
    }
    if (type == 0) {
      main.add(data);
      tell();
    } else if (type == ChannelMessage.ExtendedData.STDERR && errorsWanted) {
      errors.add(data);
      tell();
    } else {
      data.release();
      window.consumed(length);
    }
  }

  void onEof() {
    state = state.end();
    tell();
  }

  void onClose() {
    if (isClosed()) {
      throw SshViolation.protocol("channel: a second CLOSE of channel " + id);
    }
    state = ReceiveState.CLOSED;
    tell();
  }

  /** Nobody reads any more. */
  void drop() {
    window.consumed(main.clear() + errors.clear());
    state = state.end();
  }

  /** The connection or the channel is gone: what has arrived can still be read. */
  void abandon() {
    state = state.lose();
    window.release();
  }

  private @Nullable ByteBuf read(ReceiveQueue queue) {
    ByteBuf data = queue.poll();
    if (data == null) {
      told = false;
      return null;
    }
    window.consumed(data.readableBytes());
    return data;
  }

  private void tell() {
    if (!told) {
      told = true;
      readable.run();
    }
  }

  private void check(int length, long nowNanos) {
    if (length > maxPacket) {
      throw SshViolation.protocol(
          "channel: " + length + " octets in one message, over " + maxPacket);
    }
    if (hasEnded()) {
      throw SshViolation.protocol("channel: data behind EOF on channel " + id);
    }
    window.received(length, nowNanos);
  }
}
