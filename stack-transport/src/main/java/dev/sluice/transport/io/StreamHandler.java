package dev.sluice.transport.io;

import dev.sluice.api.SessionClosed;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.FileLoan;
import dev.sluice.transport.AnswerMemory;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.channels.NotYetConnectedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/**
 * A channel as two streams of octets with demand from end to end: without demand, data stays in the
 * peer's socket. Expects {@code autoRead} off and {@code ALLOW_HALF_CLOSURE} on. The peer's orderly
 * end (FIN) then completes {@link #inbound()}, and a reset is an error.
 */
public final class StreamHandler extends ChannelInboundHandlerAdapter
    implements TransferWatch.Meter {
  private static final long REGION_OCTETS = 8L << 20;

  private @Nullable ChannelHandlerContext context;
  private @Nullable InboundStream inbound;
  private @Nullable OutboundStream outbound;
  private @Nullable Throwable failure;
  private volatile @Nullable BorrowedRegion region;
  private final Sinks.Empty<Void> peerEnd = Sinks.empty();
  private boolean readPending;
  private boolean dropping;
  private volatile long settled;
  private volatile long firstMovedNanos;

  /**
   * Octets moved so far, in both directions, including the sent part of a file region. Any thread.
   */
  @Override
  public long octetsMoved() {
    BorrowedRegion current = region;
    return settled + (current == null ? 0 : current.transferred());
  }

  @Override
  public long firstMovedNanos() {
    return firstMovedNanos;
  }

  /** The octets that arrive. One subscriber; each buffer belongs to it. */
  public Flux<ByteBuf> inbound() {
    return Flux.defer(this::inboundStream);
  }

  /**
   * Sends {@code content}; completes when the socket has taken all of it. Takes ownership of the
   * buffers.
   */
  public Mono<Void> send(Publisher<? extends ByteBuf> content) {
    return sendCounted(content, null);
  }

  /**
   * As above, and counts in {@code memory} the octets that the socket has not taken, which bounds
   * them.
   */
  public Mono<Void> send(Publisher<? extends ByteBuf> content, AnswerMemory.Share memory) {
    return sendCounted(content, memory);
  }

  private Mono<Void> sendCounted(
      Publisher<? extends ByteBuf> content, AnswerMemory.@Nullable Share memory) {
    return Mono.create(
        sink ->
            onLoop(
                () -> {
                  if (!channel().isActive()) {
                    sink.error(closedCause());
                    return;
                  }
                  OutboundStream stream = new OutboundStream(channel(), sink, this::moved, memory);
                  outbound = stream;
                  stream.start(Flux.from(content));
                }));
  }

  /**
   * Sends octets of a file without passing them through this process's memory ({@code sendfile}).
   * The file stays borrowed as long as octets are in flight, even if no caller waits for them.
   */
  public Mono<Void> sendFile(FileHandle file, long position, long length) {
    int regions = Math.toIntExact((length + REGION_OCTETS - 1) / REGION_OCTETS);
    return Flux.range(0, regions)
        .concatMap(
            i -> {
              long done = i * REGION_OCTETS;
              return sendRegion(file, position + done, Math.min(length - done, REGION_OCTETS));
            },
            1)
        .then();
  }

  /**
   * Ends the outgoing direction in order (FIN, and the end messages of protocols below) after all
   * pending output.
   */
  public Mono<Void> endOutput() {
    return completion(() -> OutputEnd.of(channel()));
  }

  /**
   * Reads and drops everything that the peer still sends, even if the subscriber of {@link
   * #inbound()} has cancelled. Completes at the peer's end, orderly or not.
   */
  public Mono<Void> drop() {
    return Mono.<Void>create(
            sink ->
                onLoop(
                    () -> {
                      dropping = true;
                      inboundStream().discard();
                      readMore();
                      sink.success();
                    }))
        .then(peerEnd.asMono());
  }

  /** Closes in order, and drops data that has arrived without a subscriber. Never fails. */
  public Mono<Void> close() {
    return completion(
            () -> {
              inboundStream().closeUnclaimed(closedCause());
              return OutputEnd.close(channel());
            })
        .onErrorComplete();
  }

  /** Closes with a reset, so the peer cannot mistake it for an orderly end. Never fails. */
  public Mono<Void> reset() {
    return completion(
            () -> {
              inboundStream().abort(closedCause());
              if (channel().isOpen()) {
                channel().config().setOption(ChannelOption.SO_LINGER, 0);
              }
              return channel().close();
            })
        .onErrorComplete();
  }

  /** Ends both directions with {@code cause} and closes with a reset. Any thread. */
  public void fail(Throwable cause) {
    onLoop(
        () -> {
          if (failure == null) {
            failure = cause;
          }
          if (outbound != null) {
            outbound.closed(cause);
          }
          inboundStream().abort(cause);
          if (channel().isOpen()) {
            channel().config().setOption(ChannelOption.SO_LINGER, 0);
            channel().close();
          }
        });
  }

  /** Whether requested octets have not arrived, or given octets are not taken. On the loop. */
  public boolean waitsForPeer() {
    ChannelOutboundBuffer unsent = channel().unsafe().outboundBuffer();
    return inboundStream().wantsRead() || unsent != null && !unsent.isEmpty();
  }

  public Channel channel() {
    return context().channel();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    inbound = new InboundStream(ctx.channel().eventLoop(), this::readMore);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf octets = (ByteBuf) message;
    moved(octets.readableBytes());
    inboundStream().accept(octets);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    readPending = false;
    if (dropping || inboundStream().wantsRead()) {
      readMore();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (outbound != null) {
      outbound.writabilityChanged();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inboundStream().end(failure);
      peerEnd.tryEmitEmpty();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (outbound != null) {
      outbound.closed(closedCause());
    }
    inboundStream().end(closedCause());
    peerEnd.tryEmitEmpty();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    inboundStream().end(closedCause());
    peerEnd.tryEmitEmpty();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failure = cause;
    ctx.close();
  }

  private Mono<Void> sendRegion(FileHandle file, long position, long length) {
    return completion(
        () -> {
          BorrowedRegion next =
              file.lend()
                  .map(loan -> new BorrowedRegion(loan, position, length))
                  .orElseThrow(() -> new SessionClosed("the file was closed"));
          region = next;
          ChannelFuture sent = channel().writeAndFlush(next);
          begun(next.transferred()); // the kernel takes its first part within the call
          return sent.addListener(
              future -> {
                region = null;
                moved(next.transferred());
              });
        });
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written on the event loop only
  private void moved(long octets) {
    settled += octets;
    begun(octets);
  }

  private void begun(long octets) {
    if (octets > 0 && firstMovedNanos == 0) {
      firstMovedNanos = System.nanoTime() | 1;
    }
  }

  private Mono<Void> completion(Supplier<ChannelFuture> action) {
    return Mono.create(sink -> onLoop(() -> complete(action, sink)));
  }

  /** Netty reports "not yet connected" for a socket that its peer has reset by now. */
  static Throwable plain(Throwable cause) {
    return cause instanceof NotYetConnectedException
        ? new SessionClosed("the peer has closed the connection", cause)
        : cause;
  }

  private static void complete(Supplier<ChannelFuture> action, MonoSink<Void> sink) {
    try {
      action
          .get()
          .addListener(
              future -> {
                if (future.isSuccess()) {
                  sink.success();
                } else {
                  sink.error(plain(future.cause()));
                }
              });
    } catch (RuntimeException e) {
      sink.error(plain(e));
    }
  }

  private void readMore() {
    if (!readPending && channel().isActive()) {
      readPending = true;
      context().read();
    }
  }

  private Throwable closedCause() {
    return failure != null ? failure : new SessionClosed("the connection was closed");
  }

  private void onLoop(Runnable task) {
    if (context().executor().inEventLoop()) {
      task.run();
    } else {
      context().executor().execute(task);
    }
  }

  private InboundStream inboundStream() {
    if (inbound == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return inbound;
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return context;
  }

  /** A region of a file that its owner closes, after the region is returned. */
  private static final class BorrowedRegion extends DefaultFileRegion {
    private final FileLoan loan;

    BorrowedRegion(FileLoan loan, long position, long length) {
      super(loan.channel(), position, length);
      this.loan = loan;
    }

    @Override
    protected void deallocate() {
      loan.close();
    }
  }
}
