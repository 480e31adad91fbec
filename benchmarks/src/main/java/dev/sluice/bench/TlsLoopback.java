package dev.sluice.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * A client and a server of TLS with a real connection over loopback, an event loop each. Octets go
 * from client to server as fast as both can, with the socket settings of data connections.
 */
final class TlsLoopback implements AutoCloseable {
  private static final int CHUNK = 256 * 1024;
  private static final int MAX_READ = Integer.getInteger("sluice.bench.read", 1 << 20);
  private static final long PATIENCE_SECONDS = 120;

  private final LoopResources loops = LoopResources.create("bench", 2, true);
  private final ByteBuf chunk = PooledByteBufAllocator.DEFAULT.directBuffer(CHUNK);
  private final Source source = new Source();
  private final Sink sink = new Sink();
  private final Channel listener;
  private final Channel client;

  /** Connects and shakes hands. */
  TlsLoopback(TlsContender contender) {
    byte[] random = new byte[CHUNK];
    ThreadLocalRandom.current().nextBytes(random);
    chunk.writeBytes(random);
    CompletableFuture<Object> accepted = new CompletableFuture<>();
    EventLoopGroup group = loops.onServer(true);
    listener =
        new ServerBootstrap()
            .group(group)
            .channelFactory(() -> loops.onChannel(ServerSocketChannel.class, group))
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(4096, Math.min(65536, MAX_READ), MAX_READ))
            .childHandler(
                initializer(
                    channel -> {
                      channel.pipeline().addLast(sink);
                      follow(contender.server(channel), accepted);
                      channel.read();
                    }))
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    CompletableFuture<Object> connected = new CompletableFuture<>();
    client =
        new Bootstrap()
            .group(group)
            .channelFactory(() -> loops.onChannel(SocketChannel.class, group))
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(256 * 1024, 512 * 1024))
            .handler(
                initializer(
                    channel -> {
                      channel.pipeline().addLast(source);
                      follow(contender.client(channel), connected);
                      channel.read();
                    }))
            .connect(listener.localAddress())
            .syncUninterruptibly()
            .channel();
    accepted.join();
    connected.join();
  }

  /** Nanoseconds that {@code octets} take, from the first write to their arrival. */
  long transfer(long octets) {
    CompletableFuture<Object> arrived = sink.expect(octets);
    long begun = System.nanoTime();
    client.eventLoop().execute(() -> source.send(client.pipeline().context(source), octets));
    arrived.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    return System.nanoTime() - begun;
  }

  private static void follow(CompletableFuture<?> handshake, CompletableFuture<Object> done) {
    handshake.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            done.complete(true);
          } else {
            done.completeExceptionally(failure);
          }
        });
  }

  private static ChannelInitializer<Channel> initializer(Consumer<Channel> begin) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        begin.accept(channel);
      }
    };
  }

  @Override
  public void close() {
    client.close().syncUninterruptibly();
    listener.close().syncUninterruptibly();
    loops.dispose();
    chunk.release();
  }

  /** Writes as long as the channel accepts more; keeps reading, since tickets arrive. */
  private final class Source extends ChannelInboundHandlerAdapter {
    private long left;

    void send(ChannelHandlerContext ctx, long octets) {
      left = octets;
      go(ctx);
    }

    private void go(ChannelHandlerContext ctx) {
      while (left > 0 && ctx.channel().isWritable()) {
        int part = (int) Math.min(left, CHUNK);
        left -= part;
        ctx.write(chunk.retainedSlice(0, part), ctx.voidPromise());
        ctx.flush();
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      go(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.read();
    }

    /** The connection ends without close_notify. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  /** Counts. */
  private static final class Sink extends ChannelInboundHandlerAdapter {
    private volatile long left;
    private volatile @Nullable CompletableFuture<Object> arrived;

    CompletableFuture<Object> expect(long octets) {
      CompletableFuture<Object> next = new CompletableFuture<>();
      left = octets;
      arrived = next;
      return next;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf octets = (ByteBuf) message;
      long rest = left - octets.readableBytes();
      left = rest;
      octets.release();
      CompletableFuture<Object> awaited = arrived;
      if (rest == 0 && awaited != null) {
        awaited.complete(true);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.read();
    }

    /** The connection ends without close_notify. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
