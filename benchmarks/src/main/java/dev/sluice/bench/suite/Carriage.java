package dev.sluice.bench.suite;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Carries what one end of a {@link Relay}'s connection sends to the other, over a {@link Line}.
 * Reads only while the queue in front of the line is short and the other end takes what arrives, so
 * that no more is held than fits the path.
 */
final class Carriage extends ChannelInboundHandlerAdapter {
  private static final long LONGEST_QUEUE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int MOST_UNDERWAY = 64 << 20;

  private final Line line;
  private final SocketChannel source;
  private final SocketChannel target;
  private final ArrayDeque<Load> underway = new ArrayDeque<>();
  private long octets;
  private boolean ended;
  private boolean scheduled;

  /** Octets, and when they arrive; without octets, it is the end. */
  private record Load(ByteBuf content, long dueNanos) {}

  Carriage(Line line, SocketChannel source, SocketChannel target) {
    this.line = line;
    this.source = source;
    this.target = target;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf content = (ByteBuf) message;
    octets += content.readableBytes();
    load(content);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    readOn();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      end();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  /** The other direction's reader tells this one when the target takes more. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Carriage back = target.pipeline().get(Carriage.class);
    if (back != null && source.isWritable()) {
      back.arrive();
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      load(Unpooled.EMPTY_BUFFER);
    }
  }

  private void load(ByteBuf content) {
    long due = line.arrival(System.nanoTime(), content.readableBytes());
    underway.add(new Load(content, due));
    schedule();
  }

  private void schedule() {
    if (!scheduled && !underway.isEmpty()) {
      scheduled = true;
      long wait = underway.element().dueNanos() - System.nanoTime();
      source.eventLoop().schedule(this::due, Math.max(0, wait), TimeUnit.NANOSECONDS);
    }
  }

  private void due() {
    scheduled = false;
    arrive();
  }

  private void arrive() {
    long now = System.nanoTime();
    while (!underway.isEmpty() && underway.element().dueNanos() <= now && target.isWritable()) {
      ByteBuf content = underway.remove().content();
      if (!content.isReadable()) {
        finish();
      } else {
        octets -= content.readableBytes();
        target.write(content);
      }
    }
    target.flush();
    if (target.isWritable()) {
      schedule();
    } else if (!target.isActive()) {
      drop();
    }
  }

  /** Ends after all that the target's socket has not taken yet, which a close would drop. */
  private void finish() {
    target.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(taken -> endTarget());
  }

  private void endTarget() {
    if (!source.isActive() || target.isInputShutdown()) {
      target.close();
      source.close();
    } else {
      target.shutdownOutput();
    }
  }

  private void drop() {
    underway.forEach(load -> load.content().release());
    underway.clear();
    source.close();
  }

  private void readOn() {
    long queue = line.queueNanos(System.nanoTime());
    if (ended) {
      return;
    }
    if (queue <= LONGEST_QUEUE_NANOS && octets < MOST_UNDERWAY) {
      source.read();
    } else {
      source.eventLoop().schedule(this::readOn, LONGEST_QUEUE_NANOS / 2, TimeUnit.NANOSECONDS);
    }
  }
}
