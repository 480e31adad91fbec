package dev.sluice.cli.serve;

import dev.sluice.cli.status.UsageError;
import dev.sluice.ftp.FtpClientSettings;
import dev.sluice.ssh.SshClientSettings;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a server listens, as {@code ftp://127.0.0.1:2121}.
 *
 * @param scheme how connections are protected
 * @param host an address; empty = every address
 * @param port 0 = a free one
 */
public record ListenAddress(Scheme scheme, String host, int port) {

  /** How connections are protected. */
  public enum Scheme {
    /** In clear, unless a client asks for TLS and there is a certificate. */
    FTP(FtpClientSettings.DEFAULT_PORT),
    /** By AUTH TLS, without which nobody logs in and no data moves. */
    FTPES(FtpClientSettings.DEFAULT_PORT),
    /** TLS from the first octet. */
    FTPS(FtpClientSettings.DEFAULT_IMPLICIT_PORT),
    /** Over SSH. */
    SFTP(SshClientSettings.DEFAULT_PORT);

    private final int port;

    Scheme(int port) {
      this.port = port;
    }

    public boolean needsCertificate() {
      return this == FTPES || this == FTPS;
    }
  }

  public static ListenAddress parse(String text) {
    try {
      URI uri = new URI(text.replace("://*", "://0.0.0.0"));
      Optional<Scheme> scheme = scheme(String.valueOf(uri.getScheme()));
      if (scheme.isEmpty() || uri.getHost() == null) {
        throw unusable(text);
      }
      String host = uri.getHost().replaceAll("[\\[\\]]", "");
      int port = uri.getPort() < 0 ? scheme.get().port : uri.getPort();
      return new ListenAddress(scheme.get(), host.equals("0.0.0.0") ? "" : host, port);
    } catch (URISyntaxException e) {
      throw unusable(text);
    }
  }

  /** The URL of the address that was bound. */
  public String url(InetSocketAddress bound) {
    String host = NetUtil.toAddressString(bound.getAddress());
    return scheme.name().toLowerCase(Locale.ROOT)
        + "://"
        + (host.indexOf(':') < 0 ? host : "[" + host + "]")
        + ":"
        + bound.getPort();
  }

  private static Optional<Scheme> scheme(String name) {
    for (Scheme scheme : Scheme.values()) {
      if (scheme.name().equalsIgnoreCase(name)) {
        return Optional.of(scheme);
      }
    }
    return Optional.empty();
  }

  private static UsageError unusable(String text) {
    return new UsageError(
        "cannot listen on "
            + text
            + "; use ftp://, ftpes://, ftps:// or sftp://, and ADDRESS:PORT");
  }
}
