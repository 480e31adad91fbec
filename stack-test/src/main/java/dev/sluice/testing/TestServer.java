package dev.sluice.testing;

import dev.sluice.api.FileClient;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A server that runs.
 *
 * @param uri scheme, user, address and port, as the command line takes it: {@code ftp}, {@code
 *     ftpes} (AUTH TLS) or {@code sftp}; without the password
 * @param address where it listens: a free port of 127.0.0.1
 * @param client trusts the server and logs in as the first user; immutable, to be changed at will
 */
public record TestServer<C extends FileClient>(URI uri, InetSocketAddress address, C client) {

  /** The port that it listens on. */
  public int port() {
    return address.getPort();
  }
}
