package dev.sluice.tls;

import dev.sluice.tls.session.TlsSession;
import dev.sluice.tls.session.TlsVersion;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of engines. A context is the scope of resumption: its engines share a cache and
 * ticket keys, and no other engine can resume their sessions. Making a context takes microseconds.
 */
final class Contexts {
  private Contexts() {}

  static SSLContext create(
      TlsProvider provider, @Nullable KeyMaterial identity, X509ExtendedTrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS", provider.jsse());
      KeyManager[] keys = identity == null ? new KeyManager[0] : identity.managers(provider);
      context.init(keys, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(provider + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** The session that an engine has negotiated. */
  static TlsSession describe(SSLEngine engine, boolean resumed, Optional<String> serverName) {
    SSLSession session = engine.getSession();
    String protocol = engine.getApplicationProtocol();
    return new TlsSession(
        TlsVersion.named(session.getProtocol()),
        session.getCipherSuite(),
        peerChain(session),
        resumed,
        serverName,
        Optional.ofNullable(protocol).filter(chosen -> !chosen.isEmpty()));
  }

  private static List<X509Certificate> peerChain(SSLSession session) {
    try {
      return Arrays.stream(session.getPeerCertificates()).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }
}
