package dev.sluice.ssh.io;

import dev.sluice.ssh.core.SshCore;
import dev.sluice.transport.Transport;
import dev.sluice.transport.io.PromptAcks;
import dev.sluice.transport.io.Sockets;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;

/** Connections, made and accepted, with the options that SSH needs. */
public final class SshSockets {
  private static final String HANDLER = "sluice.ssh";
  private static final int FIRST_READ = 32 << 10;
  private static final int MAX_READ = 512 << 10;
  private static final WriteBufferWaterMark WRITE_AHEAD =
      new WriteBufferWaterMark(256 << 10, 512 << 10);

  private SshSockets() {}

  /**
   * Connects. Emits on the connection's event loop.
   *
   * @param listener made for the link, before the core has sent anything
   */
  public static Mono<SshLink> connect(
      Transport transport,
      String host,
      int port,
      Duration timeout,
      Supplier<SshCore> cores,
      Function<Supplier<SshLink>, SshLink.Listener> listener) {
    InetSocketAddress target = InetSocketAddress.createUnresolved(host, port);
    return Sockets.connect(
            transport,
            target,
            null,
            tcp ->
                tcp.option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_AHEAD)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, reads()),
            "connection to " + host,
            timeout)
        .map(
            channel -> {
              SshLink link = link(channel, cores.get(), listener, Mono.empty());
              channel.pipeline().addLast(new PromptAcks()).addLast(HANDLER, link.handler());
              return link;
            });
  }

  /**
   * Connects through another connection, which has {@code jump}'s peer connect to the host and ends
   * with the new one. Emits on the event loop that both share.
   *
   * @param listener made for the link, before the core has sent anything
   */
  public static Mono<SshLink> connectThrough(
      SshLink jump,
      String host,
      int port,
      Supplier<SshCore> cores,
      Function<Supplier<SshLink>, SshLink.Listener> listener) {
    InetSocketAddress target = InetSocketAddress.createUnresolved(host, port);
    return jump.forward(host, port)
        .map(
            channel -> {
              TunnelChannel tunnel = new TunnelChannel(channel, target, WRITE_AHEAD);
              jump.register(tunnel);
              SshLink link = link(tunnel, cores.get(), listener, jump.disconnect(""));
              tunnel.pipeline().addLast(HANDLER, link.handler());
              return link;
            });
  }

  /**
   * Accepts connections.
   *
   * @param host address to listen on; empty = every address
   */
  public static Mono<SshPort> listen(
      Transport transport,
      String host,
      int port,
      Supplier<SshCore> cores,
      Function<Supplier<SshLink>, SshLink.Listener> listener) {
    return Sockets.listener(
            transport,
            host,
            transport.loops(),
            tcp ->
                tcp.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_AHEAD)
                    .childOption(ChannelOption.RECVBUF_ALLOCATOR, reads()))
        .port(port)
        .doOnConnection(
            connection -> {
              SshLink link = link(connection.channel(), cores.get(), listener, Mono.empty());
              if (link.opened()) {
                connection.addHandlerLast(HANDLER, link.handler());
              } else {
                connection.dispose();
              }
            })
        .bind()
        .map(SshPort::new);
  }

  /** A port where connections are accepted. */
  public static final class SshPort {
    private final DisposableServer server;

    SshPort(DisposableServer server) {
      this.server = server;
    }

    public InetSocketAddress address() {
      return (InetSocketAddress) server.address();
    }

    /** Accepts no more connections; existing ones stay. */
    public void close() {
      server.dispose();
    }

    public Mono<Void> onClosed() {
      return server.onDispose().onErrorComplete();
    }
  }

  private static SshLink link(
      Channel channel,
      SshCore core,
      Function<Supplier<SshLink>, SshLink.Listener> listener,
      Mono<Void> beneath) {
    SshLink[] made = new SshLink[1];
    made[0] = new SshLink(channel, core, listener.apply(() -> made[0]), beneath);
    return made[0];
  }

  private static AdaptiveRecvByteBufAllocator reads() {
    return new AdaptiveRecvByteBufAllocator(1024, FIRST_READ, MAX_READ);
  }
}
