package dev.sluice.ftp.io;

import dev.sluice.transport.Transport;
import dev.sluice.transport.io.StreamHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

/** Connects to ports that clients listen on, from the address of the control connection. */
public final class ActivePorts {
  private static final Logger LOG = LoggerFactory.getLogger(ActivePorts.class);

  private final TcpClient template;
  private final int sourcePort;

  /**
   * @param sourcePort port to connect from, 20 by custom; 0 = any. When it is not available, an
   *     ephemeral port is used (RFC 1123 section 4.1.2.12)
   */
  public ActivePorts(Transport transport, int sourcePort) {
    this.template = ServerSockets.activeData(transport);
    this.sourcePort = sourcePort;
  }

  /** Connects to {@code target} from {@code local}. */
  public Mono<DataLink> connect(InetAddress local, InetSocketAddress target) {
    Mono<Connection> ephemeral = from(local, 0, target);
    if (sourcePort == 0) {
      return ephemeral.map(ActivePorts::stream);
    }
    return from(local, sourcePort, target)
        .onErrorResume(
            failure -> {
              LOG.debug("cannot connect from port {}: {}", sourcePort, failure.toString());
              return ephemeral;
            })
        .map(ActivePorts::stream);
  }

  private Mono<Connection> from(InetAddress local, int port, InetSocketAddress target) {
    return Mono.defer(
        () ->
            template
                .bindAddress(() -> new InetSocketAddress(Addresses.plain(local), port))
                .remoteAddress(() -> target)
                .connect()
                .cast(Connection.class));
  }

  private static DataLink stream(Connection connection) {
    StreamHandler stream = new StreamHandler();
    connection.addHandlerLast("sluice.stream", stream);
    return DataLink.of(stream);
  }
}
