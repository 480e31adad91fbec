package dev.sluice.ftp.io;

import dev.sluice.api.error.ConnectFailed;
import dev.sluice.api.error.TimedOut;
import dev.sluice.api.error.TransferException;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.tcp.TcpClient;
import reactor.netty.transport.ProxyProvider;

/**
 * Opens outgoing connections: directly or through a proxy, without delay ({@code TCP_NODELAY}), read
 * on demand only. Fails with {@link ConnectFailed} or {@link TimedOut}.
 *
 * @param timeout longest wait for a connection, the proxy's part included
 * @param proxy null = none
 * @param localAddress where connections start from; null = the system's choice
 */
public record Dialer(
    Duration timeout, @Nullable Proxy proxy, @Nullable SocketAddress localAddress) {
  private static final int READ_OCTETS = 64 * 1024;
  private static final int MAX_READ_OCTETS = 1024 * 1024;
  private static final WriteBufferWaterMark WRITE_AHEAD =
      new WriteBufferWaterMark(256 * 1024, 512 * 1024);

  /** A connection for commands. Emits on the channel's event loop. */
  Mono<Channel> dialControl(InetSocketAddress target) {
    return dial(TcpClient.newConnection(), target, "connection to " + target)
        .map(connection -> bare(connection.channel()));
  }

  /**
   * A connection for data, on the event loop given, with {@code handler} in its pipeline.
   *
   * @param handler reads on demand only
   */
  <H extends ChannelHandler> Mono<H> dialData(
      InetSocketAddress target, EventLoop loop, H handler) {
    TcpClient client =
        TcpClient.newConnection()
            .runOn(preferNative -> loop, true)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_AHEAD)
            .option(ChannelOption.RCVBUF_ALLOCATOR, largeReads());
    return dial(client, target, "data connection")
        .map(
            connection -> {
              bare(connection.channel()).pipeline().addLast(handler);
              return handler;
            });
  }

  static AdaptiveRecvByteBufAllocator largeReads() {
    return new AdaptiveRecvByteBufAllocator(4096, READ_OCTETS, MAX_READ_OCTETS);
  }

  static WriteBufferWaterMark writeAhead() {
    return WRITE_AHEAD;
  }

  private Mono<? extends Connection> dial(TcpClient base, InetSocketAddress target, String step) {
    TcpClient client =
        base.remoteAddress(() -> target)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()));
    SocketAddress from = localAddress;
    if (from != null) {
      client = client.bindAddress(() -> from);
    }
    Proxy via = proxy;
    if (via != null) {
      client = client.proxy(spec -> configure(spec, via));
    }
    return client.connect().onErrorMap(cause -> failure(cause, target, step));
  }

  private void configure(ProxyProvider.TypeSpec spec, Proxy via) {
    ProxyProvider.Builder builder =
        spec.type(
                switch (via.kind()) {
                  case SOCKS4 -> ProxyProvider.Proxy.SOCKS4;
                  case SOCKS5 -> ProxyProvider.Proxy.SOCKS5;
                  case HTTP -> ProxyProvider.Proxy.HTTP;
                })
            .host(via.host())
            .port(via.port())
            .connectTimeoutMillis(timeout.toMillis());
    String user = via.user();
    if (user != null) {
      builder.username(user);
    }
    String password = via.password();
    if (password != null) {
      builder.password(name -> password);
    }
  }

  /** From here on the channel's octets are ours alone. */
  private static Channel bare(Channel channel) {
    if (channel.pipeline().get(NettyPipeline.ReactiveBridge) != null) {
      channel.pipeline().remove(NettyPipeline.ReactiveBridge);
    }
    return channel;
  }

  private TransferException failure(Throwable cause, InetSocketAddress target, String step) {
    if (cause instanceof TransferException ours) {
      return ours;
    }
    if (cause instanceof ConnectTimeoutException) {
      return new TimedOut(step, timeout);
    }
    String where = target.getHostString() + ":" + target.getPort();
    String by = cause instanceof ProxyConnectException ? "proxy " + proxy + ": " : "";
    return new ConnectFailed("cannot connect to " + where + ": " + by + cause.getMessage(), cause);
  }
}
