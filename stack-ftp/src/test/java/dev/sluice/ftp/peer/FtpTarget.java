package dev.sluice.ftp.peer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The server that a client program is sent to.
 *
 * @param host a loopback address, IPv4 or IPv6, without brackets
 * @param port of the control connection
 * @param user the login name
 * @param password the login password
 * @param active lets the server open the data connections
 * @param deadline the longest that one run of a program may take
 * @param tls how it is protected; null = not at all
 */
public record FtpTarget(
    String host,
    int port,
    String user,
    String password,
    boolean active,
    Duration deadline,
    @Nullable Security tls) {
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /**
   * What a program must know of the server's TLS.
   *
   * @param authority a file with the certificate of whoever signs, in PEM
   * @param implicit TLS from the first octet
   */
  public record Security(Path authority, boolean implicit) {}

  /** A passive target with a deadline of one minute. */
  public static FtpTarget of(String host, int port, String user, String password) {
    return new FtpTarget(host, port, user, password, false, DEFAULT_DEADLINE, null);
  }

  /** The passive target that a real server is. */
  public static FtpTarget of(ServerPeer server) {
    return of(server.host(), server.port(), server.user(), server.password());
  }

  /** The same with active data connections. */
  public FtpTarget actively() {
    return new FtpTarget(host, port, user, password, true, deadline, tls);
  }

  /** The same with another deadline. */
  public FtpTarget within(Duration limit) {
    return new FtpTarget(host, port, user, password, active, limit, tls);
  }

  /** The same over TLS. */
  public FtpTarget secured(Security security) {
    return new FtpTarget(host, port, user, password, active, deadline, security);
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
    return scheme() + bracketedHost() + ":" + port + encoded(path);
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

  /** As far as URLs say it: explicit TLS has no scheme of its own. */
  String scheme() {
    return tls != null && tls.implicit() ? "ftps://" : "ftp://";
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
