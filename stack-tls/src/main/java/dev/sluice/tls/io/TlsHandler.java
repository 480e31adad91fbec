package dev.sluice.tls.io;

import dev.sluice.api.IoScheduler;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.SessionClosed;
import dev.sluice.tls.core.TlsCore;
import dev.sluice.tls.core.TlsEvent;
import dev.sluice.tls.session.TlsSession;
import dev.sluice.transport.io.CorePump;
import dev.sluice.transport.io.OutputEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Puts a {@link TlsCore} between a channel and the handlers that speak plaintext. Expects {@code
 * autoRead} off: each read from above yields one buffer, and the socket is read only when that
 * needs more input.
 *
 * <p>The peer's close_notify reaches the handlers above as {@link ChannelInputShutdownEvent}; an
 * end of the connection without close_notify reaches them as an exception. Closing the channel
 * sends no close_notify, so the peer sees a truncated stream; {@link #endOutput} is the orderly
 * end.
 */
public final class TlsHandler extends ChannelDuplexHandler implements OutputEnd {
  private final TlsCore core;
  private final PendingWrites writes = new PendingWrites();
  private final Driven driven = new Driven();
  private final CorePump pump;
  private final Sinks.One<TlsSession> established = Sinks.one();
  private final Sinks.Empty<Void> peerEnd = Sinks.empty();
  private @Nullable ChannelPromise outputEnd;
  private boolean clearing;
  private boolean delivered;
  private boolean peerEnded;
  private boolean ended;

  private TlsHandler(TlsCore core) {
    this.core = core;
    this.pump = new CorePump(core, driven);
  }

  /**
   * Begins TLS on a channel, in front of all its handlers; what is written from now on goes out
   * after the handshake. The handler owns the core. Call on the channel's event loop.
   */
  public static TlsHandler start(Channel channel, TlsCore core) {
    TlsHandler handler = new TlsHandler(core);
    channel.pipeline().addFirst("sluice.tls", handler);
    return handler;
  }

  /**
   * Emits the negotiated session when the handshake is over, or signals why it failed or timed out.
   */
  public Mono<TlsSession> established() {
    return established.asMono();
  }

  /**
   * Ends TLS in both directions and leaves the connection open, in clear from then on (RFC 4217
   * section 5). Completes when the peer has ended its side; the caller sets a deadline.
   */
  public Mono<Void> clear() {
    return Mono.<Void>create(
            sink -> {
              // At once on the loop: the read that led to this may also hold the peer's end.
              if (pump.context().executor().inEventLoop()) {
                beginToClear();
              } else {
                pump.context().executor().execute(this::beginToClear);
              }
              sink.success();
            })
        .then(peerEnd.asMono());
  }

  private void beginToClear() {
    clearing = true;
    core.end();
    if (peerEnded) {
      leave();
    } else {
      pump.step(core::request);
    }
  }

  @Override
  public ChannelFuture endOutput() {
    ChannelPromise promise = outputEnd;
    if (promise == null) {
      promise = pump.context().newPromise();
      outputEnd = promise;
      if (ended) {
        promise.setFailure(new SessionClosed("the connection was closed"));
      } else {
        pump.step(() -> writes.flushTo(core));
        pump.step(core::end);
      }
    }
    return promise;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
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
  public void read(ChannelHandlerContext ctx) {
    pump.step(core::request);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (!(message instanceof ByteBuf octets)) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new IllegalArgumentException("only octets can be sealed"));
    } else if (ended || outputEnd != null || clearing) {
      octets.release();
      promise.tryFailure(new SessionClosed("the TLS stream has been ended"));
    } else {
      writes.add(octets, promise);
    }
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    pump.step(() -> writes.flushTo(core));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    pump.step();
    ctx.fireChannelWritabilityChanged();
  }

  /** The end of the socket is the end of the stream only after the peer's close_notify. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      pump.step(core::inputClosed);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    pump.step(core::inputClosed);
    end(new SessionClosed("the connection was closed"));
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    end(new SessionClosed("TLS has ended"));
  }

  private void write(ChannelHandlerContext ctx, ByteBuf output) {
    long sealed = core.octetsSealed();
    boolean last = core.hasEnded() && outputEnd != null;
    if (!last && !writes.concerns(sealed)) {
      ctx.write(output, ctx.newPromise()); // mostly tickets: a peer that has sent all may be gone
      return;
    }
    ChannelFuture written = ctx.write(output);
    writes.keep(sealed, written);
    if (last) {
      written.addListener(future -> endSocket(future.cause()));
    }
  }

  /** A peer that has ended may be gone already: then nobody needs our close_notify. */
  private void endSocket(@Nullable Throwable failure) {
    ChannelPromise promise = outputEnd;
    if (promise == null || promise.isDone()) {
      return;
    }
    if (failure != null && !peerEnded) {
      promise.tryFailure(failure);
    } else if (failure == null
        && pump.context().channel() instanceof DuplexChannel duplex
        && duplex.isActive()) {
      duplex.shutdownOutput().addListener(done -> promise.trySuccess());
    } else {
      promise.trySuccess();
    }
  }

  private void peerHasEnded() {
    peerEnded = true;
    if (clearing) {
      driven.speak();
      leave();
    } else {
      pump.context().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  /** Passes the octets after the peer's last record unchanged to the handlers above. */
  private void leave() {
    ChannelHandlerContext ctx = pump.context();
    ByteBuf rest = core.takeRest();
    ctx.pipeline().remove(this);
    peerEnd.tryEmitEmpty();
    if (rest.isReadable()) {
      ctx.fireChannelRead(rest);
    } else {
      rest.release();
    }
    ctx.fireChannelReadComplete();
  }

  private void offload(Runnable task) {
    try {
      IoScheduler.shared()
          .schedule(
              () -> {
                task.run();
                pump.context().executor().execute(this::workDone);
              });
    } catch (RejectedExecutionException e) {
      core.workRefused();
      driven.fail(new LimitExceeded("too many TLS handshakes at once", e));
    }
  }

  /** Also called after the end: the core then releases the memory that the work has used. */
  private void workDone() {
    if (ended) {
      core.workDone();
    } else {
      pump.step(core::workDone);
    }
  }

  private void end(Throwable cause) {
    if (ended) {
      return;
    }
    ended = true;
    pump.stop();
    core.discard();
    established.tryEmitError(cause);
    if (!clearing || !peerEnded) {
      peerEnd.tryEmitError(cause);
    }
    writes.fail(cause);
    ChannelPromise promise = outputEnd;
    if (promise != null) {
      if (peerEnded) {
        promise.trySuccess();
      } else {
        promise.tryFailure(cause);
      }
    }
  }

  private final class Driven implements CorePump.Handler {
    @Override
    public boolean hear() {
      boolean heard = false;
      for (TlsEvent event = core.nextEvent(); event != null; event = core.nextEvent()) {
        heard = true;
        if (event instanceof TlsEvent.Plaintext plaintext) {
          delivered = true;
          pump.context().fireChannelRead(plaintext.octets());
        } else if (event instanceof TlsEvent.Work work) {
          offload(work.task());
        } else if (event instanceof TlsEvent.Established done) {
          speak(); // a ticket goes out before any handler acts on this
          established.tryEmitValue(done.session());
          delivered = true; // a read begun in clear is over: handlers above read again
        } else if (event instanceof TlsEvent.PeerEnded) {
          peerHasEnded();
        }
      }
      if (delivered && !ended) {
        delivered = false;
        pump.context().fireChannelReadComplete();
      }
      return heard;
    }

    @Override
    public boolean speak() {
      ChannelHandlerContext ctx = pump.context();
      boolean wrote = false;
      while (!ended && ctx.channel().isActive() && ctx.channel().isWritable()) {
        ByteBuf output = core.nextOutput();
        if (output == null) {
          break;
        }
        wrote = true;
        write(ctx, output);
      }
      if (!ended && writes.concerns(core.octetsSealed())) { // an empty write completes in its turn
        writes.keep(core.octetsSealed(), ctx.write(Unpooled.EMPTY_BUFFER));
        wrote = true;
      }
      if (wrote) {
        ctx.flush();
      }
      return wrote;
    }

    /** Sends the alert, passes the cause to the handlers above, and closes the channel. */
    @Override
    public void fail(Throwable cause) {
      if (ended) {
        return;
      }
      ChannelHandlerContext ctx = pump.context();
      for (ByteBuf last = core.lastWords(); last != null; last = core.lastWords()) {
        ctx.write(last, ctx.newPromise());
      }
      ctx.flush();
      ctx.pipeline().addFirst(new LingeringClose());
      end(cause);
      ctx.fireExceptionCaught(cause);
      ctx.close();
    }

    @Override
    public boolean isOver() {
      return ended;
    }
  }
}
