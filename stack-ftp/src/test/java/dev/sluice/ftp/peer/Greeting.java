package dev.sluice.ftp.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The first word of a server, by which one knows that it is there. */
final class Greeting {
  private static final int PATIENCE_MILLIS = 5000;

  private Greeting() {}

  /** Whether a server greets now, inside TLS when it is implicit. */
  static boolean comes(PeerOptions options, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(options.host(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      if (!options.isImplicit()) {
        return socket.getInputStream().read() == '2';
      }
      try (Socket secured =
          trustful().getSocketFactory().createSocket(socket, options.host(), port, true)) {
        return secured.getInputStream().read() == '2';
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  private static SSLContext trustful() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anyone()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new PeerFailure("no TLS here", e);
    }
  }

  /** Nothing is told to the server, and nothing it says is believed. */
  private static final class Anyone implements X509TrustManager {
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
