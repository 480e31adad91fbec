package dev.sluice.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A protocol endpoint without I/O: bytes and commands in, bytes and events out; time is an
 * argument.
 *
 * <p>Single-threaded. A core never waits: work that takes time leaves it as an event and comes back
 * as a command. If the peer breaks a rule, the core throws {@link
 * dev.sluice.api.TransferException}. Output from before that is still in {@link #nextOutput()}, and
 * the driver then closes the connection.
 *
 * @param <E> the events, usually a sealed type
 */
public interface ProtocolCore<E> {
  /** The deadline of a core that is not waiting. */
  long NO_DEADLINE = Long.MAX_VALUE;

  /** Takes octets from the peer. Borrows the buffer: reads it, never releases it. */
  void receive(ByteBuf bytes);

  /** The peer has ended its output. */
  void inputClosed();

  /**
   * The time is {@code nowNanos}, of a monotonic clock. Called before any other input and again at
   * {@link #nextDeadlineNanos()}.
   */
  void tick(long nowNanos);

  /** The next event; null when drained. */
  @Nullable E nextEvent();

  /** The next bytes to send; null when drained. Ownership passes to the caller. */
  @Nullable ByteBuf nextOutput();

  /** False = stop reading from the peer until a command or a tick changes it. */
  boolean wantsInput();

  /** True = the core is finished: the driver closes the channel once the output is sent. */
  boolean wantsClose();

  /** When {@link #tick} must be called at the latest; {@link #NO_DEADLINE} = never. */
  long nextDeadlineNanos();
}
