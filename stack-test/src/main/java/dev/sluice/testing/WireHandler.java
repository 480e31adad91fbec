package dev.sluice.testing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a server: what comes in is delayed, and after so many octets in both directions
 * the connection is cut. All calls are on its event loop.
 */
final class WireHandler extends ChannelDuplexHandler {
  /** Delayed octets after which no more are read. */
  private static final int MOST_HELD = 1 << 20;

  private final Faults faults;
  private final Deque<ByteBuf> held = new ArrayDeque<>();
  private Faults.Wire wire = Faults.Wire.NONE;
  private int heldOctets;
  private long passed;
  private int due;
  private boolean wanted;
  private boolean delivering;
  private boolean paused;
  private boolean cut;

  WireHandler(Faults faults) {
    this.faults = faults;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf octets)) {
      ctx.fireChannelRead(message);
      return;
    }
    boolean cutBefore = cut;
    int allowed = allowed(octets.readableBytes());
    if (allowed == octets.readableBytes()) {
      receive(ctx, octets);
      return;
    }
    if (allowed > 0) {
      receive(ctx, octets.readRetainedSlice(allowed));
    }
    octets.release();
    if (!cutBefore) {
      end(ctx);
    }
  }

  private void receive(ChannelHandlerContext ctx, ByteBuf octets) {
    long nanos = faults.wire().latency().toNanos();
    if (nanos == 0 && held.isEmpty()) {
      ctx.fireChannelRead(octets);
      return;
    }
    held.add(octets);
    heldOctets += octets.readableBytes();
    try {
      faults.timer().schedule(() -> comeBack(ctx), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      due++; // the servers are closing
      deliver(ctx);
    }
  }

  private void comeBack(ChannelHandlerContext ctx) {
    try {
      ctx.executor()
          .execute(
              () -> {
                due++;
                deliver(ctx);
              });
    } catch (RejectedExecutionException e) {
      // The loops have ended and with them the connection, which has delivered what it held.
    }
  }

  /** Hands on what has waited long enough, as far as somebody wants it. */
  private void deliver(ChannelHandlerContext ctx) {
    if (delivering) {
      return;
    }
    delivering = true;
    while (wanted && due > 0 && !held.isEmpty()) {
      wanted = false;
      due--;
      next(ctx);
    }
    delivering = false;
    if (paused && heldOctets < MOST_HELD) {
      paused = false;
      ctx.read();
    }
  }

  private void deliverAll(ChannelHandlerContext ctx) {
    while (!held.isEmpty()) {
      next(ctx);
    }
    due = 0;
  }

  private void next(ChannelHandlerContext ctx) {
    ByteBuf octets = held.remove();
    heldOctets -= octets.readableBytes();
    ctx.fireChannelRead(octets);
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (held.isEmpty()) {
      ctx.fireChannelReadComplete();
    } else {
      readOn(ctx); // a delay must not become a limit of the speed
    }
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    wanted = true;
    deliver(ctx);
    readOn(ctx);
  }

  private void readOn(ChannelHandlerContext ctx) {
    if (heldOctets < MOST_HELD) {
      ctx.read();
    } else {
      paused = true;
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (!(message instanceof ByteBuf octets)) {
      ctx.write(message, promise);
      return;
    }
    boolean cutBefore = cut;
    int allowed = allowed(octets.readableBytes());
    if (allowed == octets.readableBytes()) {
      ctx.write(octets, promise);
      return;
    }
    if (!cutBefore) {
      // What is allowed arrives: the end waits for it, and for all before it.
      ctx.writeAndFlush(octets.readRetainedSlice(allowed)).addListener(sent -> end(ctx));
    }
    octets.release();
    // Not at once: a server that knew would say so before what is allowed has arrived.
    ctx.channel()
        .closeFuture()
        .addListener(closed -> promise.tryFailure(new ClosedChannelException()));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      deliverAll(ctx);
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deliverAll(ctx);
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
  }

  /** How many of these octets pass; counts them. */
  private int allowed(int octets) {
    Faults.Wire now = faults.wire();
    if (!now.equals(wire)) {
      wire = now;
      passed = 0;
    }
    if (cut) {
      return 0;
    }
    if (octets <= wire.cut() - passed || wire.cuts().getAndUpdate(WireHandler::less) <= 0) {
      passed += octets;
      return octets;
    }
    cut = true;
    return (int) (wire.cut() - passed);
  }

  private static int less(int cuts) {
    return cuts > 0 ? cuts - 1 : 0;
  }

  /** Past TLS, which would say goodbye: the line breaks. */
  private static void end(ChannelHandlerContext ctx) {
    ctx.channel().unsafe().close(ctx.channel().voidPromise());
  }
}
