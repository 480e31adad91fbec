package dev.sluice.transport.io;

import dev.sluice.transport.ProtocolCore;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The loop that drives a core on a channel with {@code autoRead} off. Every input is followed by a
 * round: events are handed out and outputs written until there are none, then the channel is read
 * once if the core wants more, and a timer waits for its deadline. All on the channel's event loop.
 */
public final class CorePump {
  /** The handler that a core is driven for. */
  public interface Handler {
    /** Hands out the events of the core; whether there were any. */
    boolean hear();

    /** Writes and flushes what the channel takes of the core's output; whether there was any. */
    boolean speak();

    /** The core, or a listener, threw this. */
    void fail(Throwable cause);

    /** The core has finished, and the channel has taken its last output. */
    default void finish() {}

    /** Whether the core is not to be driven any more. */
    boolean isOver();
  }

  private final ProtocolCore<?> core;
  private final Handler handler;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Future<?> timer;
  private long timerDeadline = ProtocolCore.NO_DEADLINE;
  private boolean pumping;
  private boolean readPending;

  public CorePump(ProtocolCore<?> core, Handler handler) {
    this.core = core;
    this.handler = handler;
  }

  /** The handler is in a pipeline: drives the core if the channel is active already. */
  public void added(ChannelHandlerContext ctx) {
    context = ctx;
    if (ctx.channel().isActive()) {
      step();
    }
  }

  /** Where the handler is in its pipeline. */
  public ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return context;
  }

  /** Something around the core has changed. */
  public void step() {
    step(() -> {});
  }

  /** Octets have come. Takes the message. */
  public void received(Object message) {
    try {
      step(() -> core.receive((ByteBuf) message));
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** The read that was asked for is over. */
  public void readComplete() {
    readPending = false;
    step();
  }

  /** Gives the core an input and drives it; what it throws goes to {@link Handler#fail}. */
  public void step(Runnable input) {
    if (handler.isOver()) {
      return;
    }
    try {
      core.tick(System.nanoTime());
      input.run();
      pump();
    } catch (RuntimeException | OutOfMemoryError e) {
      handler.fail(e);
    }
  }

  /** The core is not driven any more. */
  public void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** Re-entrant calls return at once: the outer one goes on until the core is drained. */
  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      drain();
    } finally {
      pumping = false;
    }
    if (handler.isOver()) {
      return;
    }
    Channel channel = context().channel();
    if (core.wantsClose() && channel.isWritable()) {
      handler.finish();
      return;
    }
    if (!readPending && core.wantsInput() && channel.isActive()) {
      readPending = true;
      context().read();
    }
    schedule();
  }

  /**
   * A flush may make room again, but reports that only while this runs, so it is looked at here.
   */
  private void drain() {
    boolean progress = true;
    while (progress && !handler.isOver()) {
      progress = handler.hear();
      progress |= handler.speak();
    }
  }

  private void schedule() {
    long deadline = core.nextDeadlineNanos();
    if (deadline >= timerDeadline) {
      return; // the timer already set fires first and checks again: deadlines move at every command
    }
    stop();
    timerDeadline = deadline;
    long delay = Math.max(0, deadline - System.nanoTime());
    timer = context().executor().schedule(this::onTimer, delay, TimeUnit.NANOSECONDS);
  }

  private void onTimer() {
    timer = null;
    timerDeadline = ProtocolCore.NO_DEADLINE;
    step();
  }
}
