package dev.sluice.transport.io;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.TimedOut;
import dev.sluice.api.TransferException;
import dev.sluice.transport.EventLoops;
import dev.sluice.transport.Proxy;
import dev.sluice.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;
import reactor.netty.transport.ProxyProvider;

/** Connections, made and accepted, as the protocols need them and a {@link Transport} has them. */
public final class Sockets {
  private static final int BACKLOG = 1024;

  private Sockets() {}

  /**
   * Connects, directly or through the proxy: without delay ({@code TCP_NODELAY}), and read on
   * demand only. Emits on the channel's event loop. Fails with {@link ConnectFailed} or {@link
   * TimedOut}.
   *
   * @param loop the event loop to live on; null = any
   * @param protocol sets what the protocol needs
   * @param step what is waited for, if time runs out
   * @param wait the longest wait, the proxy's part included
   */
  public static Mono<Channel> connect(
      Transport transport,
      InetSocketAddress target,
      @Nullable EventLoop loop,
      UnaryOperator<TcpClient> protocol,
      String step,
      Duration wait) {
    TcpClient basic =
        EventLoops.client(transport.loops())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(wait.toMillis()));
    TcpClient client =
        transport
            .tcpClient()
            .apply(protocol.apply(basic))
            .remoteAddress(() -> target)
            .option(ChannelOption.AUTO_READ, false);
    if (loop != null) {
      client = client.runOn(preferNative -> loop, true);
    }
    Proxy via = transport.proxy();
    if (via != null) {
      // The proxy resolves the name: here it may be unknown, or nobody's business.
      client =
          client
              .proxy(spec -> configure(spec, via, wait))
              .resolver(NoopAddressResolverGroup.INSTANCE);
    }
    return client
        .connect()
        .onErrorMap(cause -> failure(cause, target, via, step, wait))
        .map(connection -> bare(connection.channel()));
  }

  /**
   * Listens.
   *
   * @param host address to listen on; empty = every address
   * @param loops what runs the connections
   * @param protocol sets what the protocol needs
   */
  public static TcpServer listener(
      Transport transport, String host, LoopResources loops, UnaryOperator<TcpServer> protocol) {
    TcpServer basic =
        TcpServer.create()
            .runOn(loops)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true);
    TcpServer server = transport.tcpServer().apply(protocol.apply(basic));
    return host.isEmpty() ? server : server.host(host);
  }

  /** From here on the channel's octets are ours alone. */
  public static Channel bare(Channel channel) {
    if (channel.pipeline().get(NettyPipeline.ReactiveBridge) != null) {
      channel.pipeline().remove(NettyPipeline.ReactiveBridge);
    }
    return channel;
  }

  private static void configure(ProxyProvider.TypeSpec spec, Proxy via, Duration wait) {
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

  private static TransferException failure(
      Throwable cause,
      InetSocketAddress target,
      @Nullable Proxy proxy,
      String step,
      Duration wait) {
    String where = target.getHostString() + ":" + target.getPort();
    boolean byProxy = cause instanceof ProxyConnectException;
    return ConnectFailures.of(cause, byProxy ? where + " by proxy " + proxy : where, step, wait);
  }
}
