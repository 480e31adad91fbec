package dev.sluice.transport.io;

import dev.sluice.transport.ProtocolCore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives a {@link ProtocolCore} on a channel. Expects {@code autoRead} off.
 *
 * <p>Every input is followed by a round of {@link CorePump}; what the core has to say is flushed in
 * batches. All calls to the core happen on the channel's event loop.
 */
public final class CoreHandler<C extends ProtocolCore<E>, E> extends ChannelInboundHandlerAdapter {

  /** Receives the events of a core. Called on the event loop; may call {@link #submit}. */
  public interface Listener<E> {
    void onEvent(E event);

    /** The channel has closed; {@code cause} says why if it did not end in order. Called once. */
    void onClosed(@Nullable Throwable cause);
  }

  /** How far the connection is from its end. */
  private enum Stage {
    RUNNING,
    /** What the core has left is delivered. */
    FAILING,
    ENDED
  }

  private final C core;
  private final Listener<E> listener;
  private final Driven driven = new Driven();
  private final CorePump pump;
  private @Nullable LoopQueue commands;
  private @Nullable Throwable failure;
  private Stage stage = Stage.RUNNING;

  public CoreHandler(C core, Listener<E> listener) {
    this.core = core;
    this.listener = listener;
    this.pump = new CorePump(core, driven);
  }

  /**
   * Hands the core a command and pumps. From any thread; after the channel has ended the command is
   * dropped, since {@link Listener#onClosed} has reported the end.
   */
  public void submit(Consumer<? super C> command) {
    if (commands == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    commands.run(() -> pump.step(() -> command.accept(core)));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    commands = new LoopQueue(ctx.executor());
    pump.added(ctx);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    pump.step();
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    pump.received(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    pump.readComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    pump.step();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      pump.step(core::inputClosed);
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    pump.step(core::inputClosed);
    end(failure);
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    end(failure);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    driven.fail(cause);
  }

  private void end(@Nullable Throwable cause) {
    if (stage == Stage.ENDED) {
      return;
    }
    stage = Stage.ENDED;
    pump.stop();
    for (ByteBuf output = core.nextOutput(); output != null; output = core.nextOutput()) {
      output.release();
    }
    listener.onClosed(cause);
  }

  private final class Driven implements CorePump.Handler {
    @Override
    public boolean hear() {
      boolean heard = false;
      for (E event = core.nextEvent(); event != null; event = core.nextEvent()) {
        listener.onEvent(event);
        heard = true;
      }
      return heard;
    }

    @Override
    public boolean speak() {
      ChannelHandlerContext ctx = pump.context();
      boolean wrote = false;
      while (ctx.channel().isWritable()) {
        ByteBuf output = core.nextOutput();
        if (output == null) {
          break;
        }
        ctx.write(output, ctx.voidPromise());
        wrote = true;
      }
      if (wrote) {
        ctx.flush();
      }
      return wrote;
    }

    @Override
    public void finish() {
      end(null);
      Channel channel = pump.context().channel();
      pump.context()
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(written -> OutputEnd.close(channel));
    }

    /** The core's remaining events and output are delivered, then the channel closes. */
    @Override
    public void fail(Throwable cause) {
      if (stage != Stage.RUNNING) {
        return;
      }
      stage = Stage.FAILING;
      failure = cause;
      ChannelHandlerContext ctx = pump.context();
      hear();
      if (!(cause instanceof OutOfMemoryError)) { // otherwise incomplete output would be sent, too
        for (ByteBuf output = core.nextOutput(); output != null; output = core.nextOutput()) {
          ctx.write(output, ctx.voidPromise());
        }
        ctx.flush();
      }
      end(failure);
      ctx.close();
    }

    @Override
    public boolean isOver() {
      return stage != Stage.RUNNING;
    }
  }
}
