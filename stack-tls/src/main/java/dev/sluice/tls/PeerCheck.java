package dev.sluice.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PeerVerification} in the form that engines use. Shared by all sessions of one
 * configuration.
 */
final class PeerCheck {
  private static final X509Certificate[] NO_ISSUERS = {};
  private static final Map<TlsProvider, PeerCheck> SYSTEM = new ConcurrentHashMap<>();

  private final PeerVerification verification;
  private final @Nullable X509ExtendedTrustManager paths;
  private final @Nullable RevocationFile revoked;

  private PeerCheck(
      PeerVerification verification,
      @Nullable X509ExtendedTrustManager paths,
      @Nullable RevocationFile revoked) {
    this.verification = verification;
    this.paths = paths;
    this.revoked = revoked;
  }

  /** May read files: not for event loops. The system's trust store is read once. */
  static PeerCheck of(PeerVerification verification, TlsProvider provider) {
    if (verification instanceof PeerVerification.SystemTrust) {
      return SYSTEM.computeIfAbsent(
          provider, key -> new PeerCheck(verification, trustIn(null, key), null));
    }
    if (verification instanceof PeerVerification.Authorities ours) {
      List<X509Certificate> roots = ours.certificates();
      return new PeerCheck(
          verification,
          trustIn(roots, provider),
          ours.revoked()
              .map(file -> new RevocationFile(file, lists -> trustIn(roots, lists, provider)))
              .orElse(null));
    }
    if (verification instanceof PeerVerification.Decided decided) {
      return new PeerCheck(verification, DelegatedTrust.of(decided.manager()), null);
    }
    return new PeerCheck(verification, null, null);
  }

  /** Whether the name in the certificate is checked. */
  boolean wantsName() {
    return paths != null;
  }

  void server(X509Certificate[] chain, String authType, SSLEngine engine, @Nullable String host)
      throws CertificateException {
    if (paths != null) {
      CertificateRules.check(chain);
      paths(paths, chain).checkServerTrusted(chain, authType, engine);
      CertificateRules.checkNamed(chain[0], host);
    } else {
      check(chain);
    }
  }

  void client(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (paths != null) {
      CertificateRules.check(chain);
      paths(paths, chain).checkClientTrusted(chain, authType, engine);
    } else {
      check(chain);
    }
  }

  /** The authorities that a server names when it asks for a certificate. */
  X509Certificate[] issuers() {
    return paths == null ? NO_ISSUERS : paths.getAcceptedIssuers();
  }

  private X509ExtendedTrustManager paths(
      X509ExtendedTrustManager unrevoked, X509Certificate[] chain) throws CertificateException {
    return revoked == null ? unrevoked : revoked.check(chain);
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (verification instanceof PeerVerification.PinnedKeys pinned
        && !pinned.pins().contains(PeerVerification.pin(chain[0]))) {
      throw new CertificateException(
          "the key " + PeerVerification.pin(chain[0]) + " is not among those pinned");
    }
  }

  /**
   * @param authorities null = those that the JDK trusts
   */
  private static X509ExtendedTrustManager trustIn(
      @Nullable List<X509Certificate> authorities, TlsProvider provider) {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX", provider.jsse());
      factory.init(authorities == null ? null : store(authorities));
      return forEngines(factory);
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("cannot load trusted certificates: " + e.getMessage(), e);
    }
  }

  /** Also requires a valid revocation list from every issuer. */
  private static X509ExtendedTrustManager trustIn(
      List<X509Certificate> authorities, Collection<X509CRL> lists, TlsProvider provider) {
    try {
      PKIXBuilderParameters parameters =
          new PKIXBuilderParameters(store(authorities), new X509CertSelector());
      parameters.setRevocationEnabled(true);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX", provider.jsse());
      factory.init(new CertPathTrustManagerParameters(parameters));
      return forEngines(factory);
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("cannot use revocation lists: " + e.getMessage(), e);
    }
  }

  private static KeyStore store(List<X509Certificate> authorities)
      throws GeneralSecurityException, java.io.IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (X509Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    return store;
  }

  private static X509ExtendedTrustManager forEngines(TrustManagerFactory factory) {
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new IllegalStateException(
        factory.getProvider().getName() + " has no trust manager for engines");
  }
}
