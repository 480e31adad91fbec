package dev.sluice.transport;

import dev.sluice.api.IoScheduler;
import io.netty.channel.ChannelOption;
import io.netty.resolver.AddressResolverGroup;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.Connection;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/**
 * The sockets of a client or a server: those of FTP control and data, of TLS and of SSH. Immutable;
 * start from {@link #DEFAULT}.
 *
 * <p>What is set here is applied after what the protocol needs, and may override it. Event loops
 * and a scheduler that are given stay with their owner, who disposes of them after the sessions
 * have ended.
 *
 * @param loops runs the connections
 * @param scheduler runs what must block: key files, trust stores, digests. Do not give one whose
 *     tasks run on an event loop
 * @param proxy what outgoing connections go through; null = nothing
 * @param tcpClient changes every outgoing connection
 * @param tcpServer changes every listening socket and the connections that it accepts
 */
@RecordBuilder
public record Transport(
    LoopResources loops,
    Scheduler scheduler,
    @Nullable Proxy proxy,
    UnaryOperator<TcpClient> tcpClient,
    UnaryOperator<TcpServer> tcpServer)
    implements TransportBuilder.With {
  /** The loops that all clients and servers of the process share, and no proxy. */
  public static final Transport DEFAULT =
      new Transport(
          EventLoops.shared(),
          IoScheduler.shared(),
          null,
          UnaryOperator.identity(),
          UnaryOperator.identity());

  public Transport {
    Objects.requireNonNull(loops, "loops");
    Objects.requireNonNull(scheduler, "scheduler");
    Objects.requireNonNull(tcpClient, "tcpClient");
    Objects.requireNonNull(tcpServer, "tcpServer");
  }

  /** Runs the connections on these loops. */
  public Transport runOn(LoopResources newLoops) {
    return withLoops(newLoops);
  }

  /** Sends outgoing connections through a proxy. */
  public Transport proxy(@Nullable Proxy newProxy) {
    return withProxy(newProxy);
  }

  /** Sets an option of every connection, outgoing and accepted. */
  public <T> Transport option(ChannelOption<T> option, @Nullable T value) {
    return client(tcp -> tcp.option(option, value)).server(tcp -> tcp.childOption(option, value));
  }

  /** Where outgoing connections start from. Give port 0: several are open at one time. */
  public Transport bindAddress(InetSocketAddress local) {
    return client(tcp -> tcp.bindAddress(() -> local));
  }

  /** Resolves the names of servers. With a proxy, the proxy does. */
  public Transport resolver(AddressResolverGroup<?> resolver) {
    return client(tcp -> tcp.resolver(resolver));
  }

  /** Called with each connection made or accepted, on its event loop; must not block. */
  public Transport doOnConnected(Consumer<? super Connection> action) {
    return client(tcp -> tcp.doOnConnected(action)).server(tcp -> tcp.doOnConnection(action));
  }

  /** Called with each channel before it is active, on its event loop; must not block. */
  public Transport doOnChannelInit(ChannelPipelineConfigurer action) {
    return client(tcp -> tcp.doOnChannelInit(action)).server(tcp -> tcp.doOnChannelInit(action));
  }

  /** Changes outgoing connections in any other way, after the changes before. */
  public Transport client(UnaryOperator<TcpClient> change) {
    UnaryOperator<TcpClient> before = tcpClient;
    return withTcpClient(tcp -> change.apply(before.apply(tcp)));
  }

  /** Changes listening sockets in any other way, after the changes before. */
  public Transport server(UnaryOperator<TcpServer> change) {
    UnaryOperator<TcpServer> before = tcpServer;
    return withTcpServer(tcp -> change.apply(before.apply(tcp)));
  }
}
