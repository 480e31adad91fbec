package dev.sluice.ftp.io;

import dev.sluice.transport.io.EventLoops;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** The sockets of a server with the options that FTP needs. */
final class ServerSockets {
  private static final int BACKLOG = 1024;
  private static final int MAX_READ = 1 << 20;
  private static final DataLoops DATA_LOOPS = new DataLoops();
  private static final WriteBufferWaterMark DATA_WATER =
      new WriteBufferWaterMark(512 << 10, 1 << 20);

  private ServerSockets() {}

  /** Where clients connect; empty host = every address. */
  static TcpServer control(String host, int port) {
    return at(EventLoops.server(), host).port(port);
  }

  /**
   * Where clients connect for data. Half-closure is allowed, so that the end of an upload is told
   * from a lost connection.
   */
  static TcpServer data(String host) {
    return at(EventLoops.server(), host)
        .runOn(DATA_LOOPS)
        .doOnChannelInit((observer, channel, client) -> DataLoops.occupy(channel))
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, DATA_WATER)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(2048, 64 << 10, MAX_READ));
  }

  /** Connects to clients for data. */
  static TcpClient activeData() {
    return EventLoops.client()
        .runOn(DATA_LOOPS)
        .doOnChannelInit((observer, channel, client) -> DataLoops.occupy(channel))
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, DATA_WATER)
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(2048, 64 << 10, MAX_READ));
  }

  private static TcpServer at(TcpServer server, String host) {
    TcpServer configured =
        server
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true);
    return host.isEmpty() ? configured : configured.host(host);
  }
}
