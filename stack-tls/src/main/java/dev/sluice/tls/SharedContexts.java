package dev.sluice.tls;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * One context for all sessions that show the same certificate, so that a connection may resume a
 * session of another connection. The hint of the engine that began a session identifies it when it
 * is resumed: the hint travels with the session, in tickets too. Safe for many threads.
 */
final class SharedContexts {
  /** The certificates in use at one time, and a few earlier ones that sessions still use. */
  private static final int MOST = 64;

  private final TlsProvider provider;
  private final SessionTrust trust;
  private final Map<KeyMaterial, SSLContext> contexts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<KeyMaterial, SSLContext> eldest) {
          return size() > MOST;
        }
      };

  private SharedContexts(TlsProvider provider, SessionTrust trust) {
    this.provider = provider;
    this.trust = trust;
  }

  /**
   * Empty = each session needs its own context, because clients show certificates, which each
   * session remembers for itself, or because the provider does not carry hints.
   */
  static Optional<SharedContexts> of(TlsServerOptions options, PeerCheck check) {
    boolean able =
        options.provider() == TlsProvider.SUN_JSSE
            && options.clients().demand() == ClientCertificates.Demand.NONE;
    return options
        .certificates()
        .find(Optional.empty())
        .filter(material -> able && HintProbe.carriesHints(options, material, check))
        .map(material -> new SharedContexts(options.provider(), new SessionTrust(check, null)));
  }

  synchronized SSLContext of(KeyMaterial material) {
    return contexts.computeIfAbsent(material, key -> Contexts.create(provider, key, trust));
  }
}
