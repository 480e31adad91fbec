package dev.sluice.ftp.io;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.TimedOut;
import dev.sluice.api.TransferException;
import dev.sluice.transport.Proxy;
import dev.sluice.transport.io.ConnectFailures;
import dev.sluice.transport.io.EventLoops;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
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
 * Opens outgoing connections: directly or through a proxy, without delay ({@code TCP_NODELAY}),
 * read on demand only. Fails with {@link ConnectFailed} or {@link TimedOut}.
 *
 * @param timeout longest wait for a control connection, the proxy's part included
 * @param dataTimeout longest wait for a data connection
 * @param proxy null = none
 * @param localAddress where connections start from; null = the system's choice
 */
public record Dialer(
    Duration timeout,
    Duration dataTimeout,
    @Nullable Proxy proxy,
    @Nullable SocketAddress localAddress) {
  private static final WriteBufferWaterMark WRITE_AHEAD =
      new WriteBufferWaterMark(256 * 1024, 512 * 1024);

  /**
   * A connection for commands. Emits on the channel's event loop.
   *
   * @param loop null = any
   */
  Mono<Channel> dialControl(InetSocketAddress target, @Nullable EventLoop loop) {
    TcpClient client = EventLoops.client();
    return dial(
            loop == null ? client : client.runOn(preferNative -> loop, true),
            target,
            "connection to " + target,
            timeout)
        .map(connection -> bare(connection.channel()));
  }

  /** A connection for data on the event loop given, where it is emitted. */
  Mono<Channel> dialData(InetSocketAddress target, EventLoop loop) {
    TcpClient client =
        EventLoops.client()
            .runOn(preferNative -> loop, true)
            .doOnChannelInit((observer, channel, server) -> DataLoops.occupy(channel))
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_AHEAD);
    return dial(client, target, "data connection", dataTimeout)
        .map(connection -> bare(connection.channel()));
  }

  static WriteBufferWaterMark writeAhead() {
    return WRITE_AHEAD;
  }

  private Mono<? extends Connection> dial(
      TcpClient base, InetSocketAddress target, String step, Duration wait) {
    TcpClient client =
        base.remoteAddress(() -> target)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(wait.toMillis()));
    SocketAddress from = localAddress;
    if (from != null) {
      client = client.bindAddress(() -> from);
    }
    Proxy via = proxy;
    if (via != null) {
      client = client.proxy(spec -> configure(spec, via, wait));
    }
    return client.connect().onErrorMap(cause -> failure(cause, target, step, wait));
  }

  private void configure(ProxyProvider.TypeSpec spec, Proxy via, Duration wait) {
    ProxyProvider.Builder builder =
        spec.type(
                switch (via.kind()) {
                  case SOCKS4 -> ProxyProvider.Proxy.SOCKS4;
                  case SOCKS5 -> ProxyProvider.Proxy.SOCKS5;
                  case HTTP -> ProxyProvider.Proxy.HTTP;
                })
            .host(via.host())
            .port(via.port())
            .connectTimeoutMillis(wait.toMillis());
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

  private TransferException failure(
      Throwable cause, InetSocketAddress target, String step, Duration wait) {
    String where = target.getHostString() + ":" + target.getPort();
    return ConnectFailures.of(
        cause,
        cause instanceof ProxyConnectException ? where + " by proxy " + proxy : where,
        step,
        wait);
  }
}
