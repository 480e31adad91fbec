package dev.sluice.ftp.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The two ends of a control connection.
 *
 * @param remote the client
 * @param local where it connected to
 */
record Peer(InetSocketAddress remote, InetSocketAddress local) {
  InetAddress remoteAddress() {
    return remote.getAddress();
  }

  InetAddress localAddress() {
    return local.getAddress();
  }
}
