package dev.sluice.server.listen;

import dev.sluice.server.config.ProxyProtocolConfig;
import dev.sluice.transport.ClientAddress;
import dev.sluice.transport.Network;
import dev.sluice.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the address of the client from the header that a balancer sends first (PROXY protocol,
 * version 1 or 2). Nothing of the connection is seen by the protocol before that, so that a server
 * that speaks first, speaks to the client. A connection without a header, or with a wrong one, is
 * closed.
 */
final class BalancerHeader extends ChannelInboundHandlerAdapter {
  private static final String DECODER = "sluice.balancer.decoder";
  private static final String COUNTER = "sluice.balancer.counter";
  private static final String HANDLER = "sluice.balancer";

  private final long timeoutMillis;
  private final HeaderOnly reads;
  private @Nullable Future<?> deadline;

  private BalancerHeader(long timeoutMillis, HeaderOnly reads) {
    this.timeoutMillis = timeoutMillis;
    this.reads = reads;
  }

  /** Asks for a header on connections from {@code balancers}, control and data alike. */
  static Transport expected(Transport transport, ProxyProtocolConfig balancers) {
    return transport.server(
        tcp -> tcp.doOnChannelInit((observer, channel, from) -> add(channel, balancers)));
  }

  private static void add(Channel channel, ProxyProtocolConfig balancers) {
    boolean balanced =
        channel.remoteAddress() instanceof InetSocketAddress from
            && isOneOf(balancers.from(), from.getAddress());
    if (balanced) {
      HeaderOnly reads = HeaderOnly.on(channel.config());
      channel
          .pipeline()
          .addFirst(HANDLER, new BalancerHeader(balancers.timeout().toMillis(), reads))
          .addFirst(DECODER, new HAProxyMessageDecoder())
          .addFirst(COUNTER, reads.counter());
    }
  }

  private static boolean isOneOf(List<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    deadline =
        context.executor().schedule(() -> context.close(), timeoutMillis, TimeUnit.MILLISECONDS);
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof HAProxyMessage header)) {
      context.fireChannelRead(message);
      return;
    }
    try {
      stopWaiting();
      reads.complete();
      // LOCAL is the balancer itself, which checks whether the server lives.
      if (header.command() == HAProxyCommand.PROXY) {
        announce(context.channel(), header);
      }
    } finally {
      header.release();
    }
    context.fireChannelActive();
    context.pipeline().remove(this);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (deadline != null) {
      context.read(); // the header is not complete
    } else {
      context.fireChannelReadComplete();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (deadline == null) {
      context.fireChannelInactive();
    } else {
      stopWaiting(); // those who serve the connection never saw it
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    stopWaiting();
    context.close();
  }

  private void stopWaiting() {
    Future<?> waiting = deadline;
    deadline = null;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  private static void announce(Channel channel, HAProxyMessage header) {
    byte[] octets =
        header.sourceAddress() == null
            ? null
            : NetUtil.createByteArrayFromIpAddressString(header.sourceAddress());
    if (octets == null) {
      return; // of an unknown kind: the balancer counts as the client
    }
    try {
      InetAddress address = InetAddress.getByAddress(octets);
      ClientAddress.announce(channel, new InetSocketAddress(address, header.sourcePort()));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has a legal length", e);
    }
  }
}
