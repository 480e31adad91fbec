package dev.sluice.ftp.peer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * The server that a client program is sent to.
 *
 * @param host a loopback address, IPv4 or IPv6, without brackets
 * @param port of the control connection
 * @param user the login name
 * @param password the login password
 * @param active lets the server open the data connections
 * @param deadline the longest that one run of a program may take
 */
public record FtpTarget(
    String host, int port, String user, String password, boolean active, Duration deadline) {
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /** A passive target with a deadline of one minute. */
  public static FtpTarget of(String host, int port, String user, String password) {
    return new FtpTarget(host, port, user, password, false, DEFAULT_DEADLINE);
  }

  /** The passive target that a real server is. */
  public static FtpTarget of(ServerPeer server) {
    return of(server.host(), server.port(), server.user(), server.password());
  }

  /** The same with active data connections. */
  public FtpTarget actively() {
    return new FtpTarget(host, port, user, password, true, deadline);
  }

  /** The same with another deadline. */
  public FtpTarget within(Duration limit) {
    return new FtpTarget(host, port, user, password, active, limit);
  }

  boolean isIpv6() {
    return host.indexOf(':') >= 0;
  }

  /** The host as URLs and command lines take it: in brackets when it is IPv6. */
  String bracketedHost() {
    return isIpv6() ? "[" + host + "]" : host;
  }

  /** A URL without the login. */
  String url(String path) {
    return "ftp://" + bracketedHost() + ":" + port + encoded(path);
  }

  /** A URL with the login in it. */
  String urlWithLogin(String path) {
    return rawUrlWithLogin(encoded(path));
  }

  /** A URL with the login in it and the path as it is, for a program that does not decode it. */
  String rawUrlWithLogin(String path) {
    String login = encoded(user) + ":" + encoded(password);
    return "ftp://" + login + "@" + bracketedHost() + ":" + port + path;
  }

  private static String encoded(String text) {
    StringBuilder out = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (c == '/' || UNRESERVED.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return out.toString();
  }
}
