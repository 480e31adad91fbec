package dev.sluice.transport.io;

import dev.sluice.transport.ProtocolCore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives a {@link ProtocolCore} on a channel. Expects {@code autoRead} off.
 *
 * <p>Every input is followed by a pump: events are handed out, outputs written while the channel
 * takes them, one flush for the batch, then one read if the core wants more. All calls to the core
 * happen on the channel's event loop.
 */
public final class CoreHandler<C extends ProtocolCore<E>, E> extends ChannelInboundHandlerAdapter {

  /** Receives the events of a core. Called on the event loop; may call {@link #submit}. */
  public interface Listener<E> {
    void onEvent(E event);

    /** The channel has closed; {@code cause} says why if it did not end in order. Called once. */
    void onClosed(@Nullable Throwable cause);
  }

  private final C core;
  private final Listener<E> listener;
  private @Nullable ChannelHandlerContext context;
  private @Nullable LoopQueue commands;
  private @Nullable Future<?> timer;
  private @Nullable Throwable failure;
  private long timerDeadline = ProtocolCore.NO_DEADLINE;
  private boolean pumping;
  private boolean readPending;
  private boolean failing;
  private boolean ended;

  public CoreHandler(C core, Listener<E> listener) {
    this.core = core;
    this.listener = listener;
  }

  /**
   * Hands the core a command and pumps. From any thread; after the channel has ended the command is
   * dropped, since {@link Listener#onClosed} has reported the end.
   */
  public void submit(Consumer<? super C> command) {
    if (commands == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    commands.run(() -> step(() -> command.accept(core)));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    commands = new LoopQueue(ctx.executor());
    if (ctx.channel().isActive()) {
      step(() -> {});
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    step(() -> {});
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!ended) {
        step(() -> core.receive((ByteBuf) message));
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    readPending = false;
    step(() -> {});
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    step(() -> {});
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      step(core::inputClosed);
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    step(core::inputClosed);
    end(failure);
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    end(failure);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(cause);
  }

  private void step(Runnable input) {
    if (ended || failing) {
      return;
    }
    try {
      core.tick(System.nanoTime());
      input.run();
      pump();
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(e);
    }
  }

  /** Re-entrant calls return at once: the outer pump continues until the core is drained. */
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
    if (ended) {
      return;
    }
    if (core.wantsClose() && context().channel().isWritable()) {
      end(null);
      Channel channel = context().channel();
      context()
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(written -> OutputEnd.close(channel));
      return;
    }
    readIfWanted();
    schedule();
  }

  /**
   * A flush may make room again, but reports that only while this pump runs, so the pump checks
   * itself.
   */
  private void drain() {
    ChannelHandlerContext ctx = context();
    boolean progress = true;
    while (progress && !ended) {
      progress = false;
      for (E event = core.nextEvent(); event != null; event = core.nextEvent()) {
        listener.onEvent(event);
        progress = true;
      }
      if (writeOutput(ctx)) {
        ctx.flush();
        progress = true;
      }
    }
  }

  private boolean writeOutput(ChannelHandlerContext ctx) {
    boolean wrote = false;
    while (ctx.channel().isWritable()) {
      ByteBuf output = core.nextOutput();
      if (output == null) {
        break;
      }
      ctx.write(output, ctx.voidPromise());
      wrote = true;
    }
    return wrote;
  }

  private void readIfWanted() {
    if (!readPending && core.wantsInput() && context().channel().isActive()) {
      readPending = true;
      context().read();
    }
  }

  private void schedule() {
    long deadline = core.nextDeadlineNanos();
    if (deadline >= timerDeadline) {
      return; // the timer already set fires first and checks again: deadlines move at every command
    }
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    timerDeadline = deadline;
    if (deadline != ProtocolCore.NO_DEADLINE) {
      long delay = Math.max(0, deadline - System.nanoTime());
      timer = context().executor().schedule(this::onTimer, delay, TimeUnit.NANOSECONDS);
    }
  }

  private void onTimer() {
    timer = null;
    timerDeadline = ProtocolCore.NO_DEADLINE;
    step(() -> {});
  }

  /** The core's remaining events and output are delivered, then the channel closes. */
  private void fail(Throwable cause) {
    if (ended) {
      return;
    }
    if (failing) {
      return;
    }
    failing = true;
    failure = cause;
    ChannelHandlerContext ctx = context();
    for (E event = core.nextEvent(); event != null; event = core.nextEvent()) {
      listener.onEvent(event);
    }
    if (!(cause instanceof OutOfMemoryError)) { // otherwise incomplete output would be sent, too
      for (ByteBuf output = core.nextOutput(); output != null; output = core.nextOutput()) {
        ctx.write(output, ctx.voidPromise());
      }
      ctx.flush();
    }
    end(failure);
    ctx.close();
  }

  private void end(@Nullable Throwable cause) {
    if (ended) {
      return;
    }
    ended = true;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    for (ByteBuf output = core.nextOutput(); output != null; output = core.nextOutput()) {
      output.release();
    }
    listener.onClosed(cause);
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return ctx;
  }
}
