package dev.sluice.cli.ping;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a server says that it waits for data: the reply to PASV (RFC 959) or EPSV (RFC 2428).
 *
 * @param host null = the one of the control connection
 * @param port 0 to 65535
 */
public record Announced(@Nullable InetAddress host, int port) {
  private static final Pattern PASV =
      Pattern.compile(
          "227 .*?(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3})\\D*");
  private static final Pattern EPSV = Pattern.compile("229 .*\\((.)\\1\\1(\\d{1,5})\\1\\).*");

  /** Reads a reply; empty if it is neither of the two. */
  public static Optional<Announced> in(String reply) {
    Matcher epsv = EPSV.matcher(reply);
    if (epsv.matches()) {
      return Optional.of(new Announced(null, Integer.parseInt(epsv.group(2))));
    }
    Matcher pasv = PASV.matcher(reply);
    if (!pasv.matches()) {
      return Optional.empty();
    }
    byte[] host = new byte[4];
    for (int i = 0; i < host.length; i++) {
      host[i] = (byte) Integer.parseInt(pasv.group(i + 1));
    }
    try {
      int port = Integer.parseInt(pasv.group(5)) * 256 + Integer.parseInt(pasv.group(6));
      return Optional.of(new Announced(InetAddress.getByAddress(host), port));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /**
   * What is wrong with the address, as clients that believe it would see it.
   *
   * @param server where the control connection leads
   */
  public Optional<Finding> fault(InetAddress server) {
    InetAddress named = host;
    if (named == null || named.equals(server)) {
      return Optional.empty();
    }
    String where = named.getHostAddress();
    if (named.isAnyLocalAddress()) {
      return Optional.of(
          Finding.note(
              "PASV",
              "the server announces " + where + ", which is no address",
              "set the external address in the server's configuration"));
    }
    if (named.isSiteLocalAddress() || named.isLoopbackAddress() || named.isLinkLocalAddress()) {
      return Optional.of(
          Finding.note(
              "PASV",
              "the server announces " + where + ", a private address behind its NAT",
              "set the external address in the server's configuration; this client ignores the"
                  + " announced one, others do not"));
    }
    return Optional.of(
        Finding.note(
            "PASV",
            "the server announces " + where + " and not its own address",
            "that is right only if data goes through another machine"));
  }
}
