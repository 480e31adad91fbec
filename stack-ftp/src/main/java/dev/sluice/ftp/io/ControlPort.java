package dev.sluice.ftp.io;

import java.net.InetSocketAddress;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;

/** The port where a server accepts control connections. */
public final class ControlPort {
  private final DisposableServer server;

  ControlPort(DisposableServer server) {
    this.server = server;
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) server.address();
  }

  /** Accepts no more; connections stay. Idempotent. */
  public void close() {
    server.dispose();
  }

  /** Completes when the port is closed. */
  public Mono<Void> onClosed() {
    return server.onDispose().onErrorComplete();
  }
}
