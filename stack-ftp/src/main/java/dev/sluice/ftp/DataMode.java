package dev.sluice.ftp;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Which side opens the data connections. */
public sealed interface DataMode {

  /** The client connects: EPSV, or PASV where a server does not know it. */
  static DataMode passive() {
    return new Passive(false);
  }

  /** The server connects to a port of ours: PORT, or EPRT over IPv6. */
  static DataMode active() {
    return new Active(null, PortRange.ANY);
  }

  /**
   * See {@link #passive()}.
   *
   * @param trustAnnouncedHost connects to the host that a 227 reply names, instead of the server's
   *     own; still never to loopback, link-local or multicast addresses or from a public server to
   *     a private address
   */
  record Passive(boolean trustAnnouncedHost) implements DataMode {}

  /**
   * See {@link #active()}.
   *
   * @param announced the address announced to the server; null = that of the control connection
   * @param ports to listen on
   */
  record Active(@Nullable InetAddress announced, PortRange ports) implements DataMode {}
}
