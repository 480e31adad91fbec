package dev.sluice.cli;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a server listens, as {@code ftp://127.0.0.1:2121}.
 *
 * @param scheme {@code ftp}
 * @param host an address; empty = every address
 * @param port 0 = a free one
 */
record ListenAddress(String scheme, String host, int port) {

  static ListenAddress parse(String text) {
    try {
      URI uri = new URI(text.replace("://*", "://0.0.0.0"));
      if (!"ftp".equals(uri.getScheme()) || uri.getHost() == null) {
        throw new UsageError("cannot listen on " + text + "; use ftp://ADDRESS:PORT");
      }
      String host = uri.getHost().replaceAll("[\\[\\]]", "");
      int port = uri.getPort() < 0 ? 21 : uri.getPort();
      return new ListenAddress("ftp", host.equals("0.0.0.0") ? "" : host, port);
    } catch (URISyntaxException e) {
      throw new UsageError("cannot listen on " + text + "; use ftp://ADDRESS:PORT");
    }
  }
}
