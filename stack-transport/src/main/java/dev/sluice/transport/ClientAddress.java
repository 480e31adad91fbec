package dev.sluice.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;

/**
 * Where the client of an accepted connection is, which a balancer in between may have announced.
 */
public final class ClientAddress {
  private static final AttributeKey<InetSocketAddress> ANNOUNCED =
      AttributeKey.valueOf(ClientAddress.class, "announced");

  private ClientAddress() {}

  /** Notes what was announced, before the connection is active for those who serve it. */
  public static void announce(Channel channel, InetSocketAddress client) {
    channel.attr(ANNOUNCED).set(client);
  }

  /** What was announced; otherwise the other end of the socket. */
  public static InetSocketAddress of(Channel channel) {
    InetSocketAddress announced = channel.attr(ANNOUNCED).get();
    return announced == null ? (InetSocketAddress) channel.remoteAddress() : announced;
  }
}
