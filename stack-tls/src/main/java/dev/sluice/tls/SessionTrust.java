package dev.sluice.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of one session's peer: verified, and the same on every connection of the session
 * (RFC 4217 section 15.1).
 *
 * <p>Engines call this only in a full handshake, so an engine that has not called it has resumed.
 */
final class SessionTrust extends X509ExtendedTrustManager {
  private final PeerCheck check;
  private final @Nullable String host;
  private final Set<SSLEngine> asked = ConcurrentHashMap.newKeySet();
  private volatile @Nullable X509Certificate leaf;

  /**
   * @param host the name that a server must prove; null = no name is checked
   */
  SessionTrust(PeerCheck check, @Nullable String host) {
    this.check = check;
    this.host = host;
  }

  /** Whether {@code engine} has called this; the answer is forgotten afterwards. */
  boolean wasAskedBy(SSLEngine engine) {
    return asked.remove(engine);
  }

  /** Whether the peer has shown a certificate on some connection. */
  boolean hasSeenCertificate() {
    return leaf != null;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check.server(chain, authType, engine, host);
    remember(chain[0], engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check.client(chain, authType, engine);
    remember(chain[0], engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return check.issuers();
  }

  private void remember(X509Certificate shown, SSLEngine engine) throws CertificateException {
    X509Certificate before = leaf;
    if (before != null && !before.equals(shown)) {
      throw new CertificateException("not the certificate of the session's first connection");
    }
    leaf = shown;
    asked.add(engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notAnEngine();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notAnEngine();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notAnEngine();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notAnEngine();
  }

  private static CertificateException notAnEngine() {
    return new CertificateException("only engines are verified here");
  }
}
