package dev.sluice.cli.ping;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
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
 * @param fingerprint SHA-256 of the certificate in hexadecimal digits, as browsers show it
 * @param expires the end of its validity
 */
public record TlsLook(
    String version, String suite, String subject, String fingerprint, Instant expires) {

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
    try (SSLSocket socket = begun(Greeting.connected(address, patience), address)) {
      return of(socket);
    }
  }

  /** TLS on a connection on which the server has not yet said anything; it is closed on failure. */
  static SSLSocket begun(Socket plain, InetSocketAddress address) throws IOException {
    try {
      BufferedReader in = FtpDoor.reader(plain);
      FtpDoor.reply(in);
      plain.getOutputStream().write("AUTH TLS\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = FtpDoor.reply(in);
      if (!answer.startsWith("234")) {
        throw new IOException("AUTH TLS was answered " + answer);
      }
      return handshake(plain, address);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
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
        fingerprint(first),
        first.getNotAfter().toInstant());
  }

  private static String fingerprint(Certificate certificate) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IOException("this certificate cannot be encoded", e);
    }
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
