package dev.sluice.bench.suite;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.netty.resources.LoopResources;

/**
 * A long path to a server on this machine. It listens at another address on the same ports, and
 * passes on what arrives: at 1 Gbit/s in each direction for all connections together, half a round
 * trip later.
 *
 * <p>Connections are made at once, and no octet is lost: this shows the windows and round trips of
 * the protocols above TCP, not TCP's own.
 */
final class Relay implements AutoCloseable {
  /** Where it listens. */
  static final String HOST = "127.0.0.2";

  private static final long OCTETS_PER_SECOND = 125_000_000;
  private static final int READ = 64 * 1024;
  private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(1 << 20, 2 << 20);

  private final LoopResources loops = LoopResources.create("relay", 1, true);
  private final List<Channel> listeners = new ArrayList<>();
  private final Line toServer = new Line(OCTETS_PER_SECOND);
  private final Line toClient = new Line(OCTETS_PER_SECOND);

  private Relay() {}

  /** Listens on all ports from {@code first} to {@code last}. */
  static Relay open(int first, int last) {
    Relay relay = new Relay();
    for (int port = first; port <= last; port++) {
      relay.listeners.add(relay.listen(port));
    }
    return relay;
  }

  /** Sets the round trip, from the next octet on. */
  void takes(int millis) {
    long half = TimeUnit.MILLISECONDS.toNanos(millis) / 2;
    toServer.delay(half);
    toClient.delay(half);
  }

  private Channel listen(int port) {
    EventLoopGroup group = loops.onServer(true);
    return new ServerBootstrap()
        .group(group)
        .channelFactory(() -> loops.onChannel(ServerSocketChannel.class, group))
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, MARKS)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ))
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel client) {
                connect(client, port);
              }
            })
        .bind(new InetSocketAddress(HOST, port))
        .syncUninterruptibly()
        .channel();
  }

  /** Nothing is read before both ends are connected: what arrives early waits in its socket. */
  private void connect(SocketChannel client, int port) {
    EventLoopGroup group = loops.onServer(true);
    ChannelFuture connected =
        new Bootstrap()
            .group(client.eventLoop())
            .channelFactory(() -> loops.onChannel(SocketChannel.class, group))
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, MARKS)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ))
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel server) {
                    client.pipeline().addLast(new Carriage(toServer, client, server));
                    server.pipeline().addLast(new Carriage(toClient, server, client));
                  }
                })
            .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    connected.addListener(
        done -> {
          if (done.isSuccess()) {
            client.eventLoop().execute(() -> begin(client, connected.channel()));
          } else {
            client.close();
          }
        });
  }

  private static void begin(Channel client, Channel server) {
    client.read();
    server.read();
  }

  @Override
  public void close() {
    listeners.forEach(listener -> listener.close().syncUninterruptibly());
    loops.dispose();
  }
}
