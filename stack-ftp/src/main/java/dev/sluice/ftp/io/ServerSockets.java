package dev.sluice.ftp.io;

import dev.sluice.transport.EventLoops;
import dev.sluice.transport.Transport;
import dev.sluice.transport.io.Sockets;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** The sockets of a server with the options that FTP needs. */
final class ServerSockets {
  private static final int MAX_READ = 1 << 20;
  private static final WriteBufferWaterMark DATA_WATER =
      new WriteBufferWaterMark(512 << 10, 1 << 20);

  private ServerSockets() {}

  /** The server that clients connect to; empty host = every address. */
  static TcpServer control(Transport transport, String host, int port) {
    return Sockets.listener(transport, host, transport.loops(), tcp -> tcp).port(port);
  }

  /**
   * The server that clients connect to for data. Half-closure is allowed, to distinguish the end of
   * an upload from a lost connection.
   */
  static TcpServer data(Transport transport, String host) {
    return Sockets.listener(
        transport,
        host,
        new DataLoops(transport.loops()),
        tcp ->
            tcp.doOnChannelInit((observer, channel, client) -> DataLoops.occupy(channel))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, DATA_WATER)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, reads()));
  }

  /** Connects to clients for data. */
  static TcpClient activeData(Transport transport) {
    TcpClient basic =
        EventLoops.client(transport.loops())
            .runOn(new DataLoops(transport.loops()))
            .doOnChannelInit((observer, channel, client) -> DataLoops.occupy(channel))
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, DATA_WATER)
            .option(ChannelOption.RECVBUF_ALLOCATOR, reads());
    return transport.tcpClient().apply(basic);
  }

  private static AdaptiveRecvByteBufAllocator reads() {
    return new AdaptiveRecvByteBufAllocator(2048, 64 << 10, MAX_READ);
  }
}
