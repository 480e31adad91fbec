package dev.sluice.transport;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A proxy for control and data connections. It resolves the server's name, so the name does not
 * appear on the local network.
 *
 * @param user null = no login at the proxy
 */
public record Proxy(
    Kind kind, String host, int port, @Nullable String user, @Nullable String password) {

  /** The protocols that a proxy may speak. */
  public enum Kind {
    SOCKS4,
    SOCKS5,
    /** HTTP CONNECT. */
    HTTP
  }

  public Proxy {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(host, "host");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("proxy port " + port);
    }
  }

  public static Proxy socks5(String host, int port) {
    return new Proxy(Kind.SOCKS5, host, port, null, null);
  }

  public static Proxy socks4(String host, int port) {
    return new Proxy(Kind.SOCKS4, host, port, null, null);
  }

  public static Proxy http(String host, int port) {
    return new Proxy(Kind.HTTP, host, port, null, null);
  }

  public Proxy withLogin(String newUser, String newPassword) {
    return new Proxy(kind, host, port, newUser, newPassword);
  }

  @Override
  public String toString() {
    return "Proxy[" + kind + " " + host + ":" + port + "]";
  }
}
