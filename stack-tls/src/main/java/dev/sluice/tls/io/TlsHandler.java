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
 * autoRead} off: each read from above is answered with one buffer, and the socket is read only when
 * that needs it.
 *
 * <p>The peer's close_notify reaches the handlers above as {@link ChannelInputShutdownEvent}; an
 * end of the connection without one as an exception. Closing the channel says nothing to the peer,
 * who takes it for a cut; {@link #endOutput} is the orderly end.
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
   * behind the handshake. The handler owns the core. On the channel's event loop.
   */
  public static TlsHandler start(Channel channel, TlsCore core) {
    TlsHandler handler = new TlsHandler(core);
    channel.pipeline().addFirst("sluice.tls", handler);
    return handler;
  }

  /** What was agreed on, when the handshake is over; else why it failed or timed out. */
  public Mono<TlsSession> established() {
    return established.asMono();
  }

  /**
   * Ends TLS in both directions and leaves the connection, which is in clear from then on (RFC 4217
   * section 5). Completes when the peer has ended its side; who calls sets a deadline.
   */
  public Mono<Void> clear() {
    return Mono.<Void>create(
            sink -> {
              // At once on the loop: the peer's end may be in the same read as what led to this.
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

  /** A socket's end is the stream's only when the peer has said so before. */
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
      ctx.write(output, ctx.newPromise()); // tickets mostly: a peer that has sent all may be gone
      return;
    }
    ChannelFuture written = ctx.write(output);
    writes.keep(sealed, written);
    if (last) {
      written.addListener(future -> endSocket(future.cause()));
    }
  }

  /** A peer that has ended may be gone already: then nobody misses our own end. */
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

  /** What came behind the peer's last record is for the handlers above, as it is. */
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

  /** Also after the end: the core gives back what the work has used. */
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
          speak(); // a ticket is out before anybody acts on this
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
      if (!ended && writes.concerns(core.octetsSealed())) { // a write of nothing: done in its turn
        writes.keep(core.octetsSealed(), ctx.write(Unpooled.EMPTY_BUFFER));
        wrote = true;
      }
      if (wrote) {
        ctx.flush();
      }
      return wrote;
    }

    /** The alert goes out, the handlers above learn why, and the channel closes. */
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
