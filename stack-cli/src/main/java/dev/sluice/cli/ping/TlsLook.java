package dev.sluice.cli.ping;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * What a server shows over TLS. Whoever it is gets this far: nothing secret is sent, and the login
 * that follows verifies it.
 *
 * @param version as {@code TLSv1.3}
 * @param suite of the session
 * @param subject of the certificate
 * @param expires the end of its validity
 */
public record TlsLook(String version, String suite, String subject, Instant expires) {
  private static final int MOST_LINES = 64;

  /** Over TLS from the first octet. */
  public static TlsLook implicit(InetSocketAddress address, Duration patience) throws IOException {
    try (SSLSocket socket = handshake(Greeting.connected(address, patience), address)) {
      return of(socket);
    }
  }

  /**
   * After AUTH TLS (RFC 4217).
   *
   * @throws IOException also when the server refuses the command, with its reply as the message
   */
  public static TlsLook explicit(InetSocketAddress address, Duration patience) throws IOException {
    try (Socket plain = Greeting.connected(address, patience)) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(plain.getInputStream(), StandardCharsets.ISO_8859_1));
      reply(in);
      plain.getOutputStream().write("AUTH TLS\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = reply(in);
      if (!answer.startsWith("234")) {
        throw new IOException("AUTH TLS was answered " + answer);
      }
      try (SSLSocket socket = handshake(plain, address)) {
        return of(socket);
      }
    }
  }

  private static String reply(BufferedReader in) throws IOException {
    for (int i = 0; i < MOST_LINES; i++) {
      String line = in.readLine();
      if (line == null) {
        throw new IOException("the server has hung up");
      }
      if (line.matches("[1-5][0-9][0-9] .*")) {
        return line;
      }
    }
    throw new IOException("a reply of more than " + MOST_LINES + " lines");
  }

  static SSLSocket handshake(Socket plain, InetSocketAddress address) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      SSLSocket socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(plain, address.getHostString(), address.getPort(), true);
      try {
        socket.startHandshake();
      } catch (IOException e) {
        socket.close();
        throw e;
      }
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java has no TLS", e);
    }
  }

  private static TlsLook of(SSLSocket socket) throws IOException {
    Certificate[] chain = socket.getSession().getPeerCertificates();
    X509Certificate first = (X509Certificate) chain[0];
    return new TlsLook(
        socket.getSession().getProtocol(),
        socket.getSession().getCipherSuite(),
        first.getSubjectX500Principal().getName(),
        first.getNotAfter().toInstant());
  }

  /** This only looks: the verdict is that of the login. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
