package dev.sluice.tls;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * One context for all sessions that show the same certificate, so that a connection may resume a
 * session of another one. Which session was resumed is known by the hint of the engine that began
 * it: it travels with the session, in tickets too. Safe for many threads.
 */
final class SharedContexts {
  /** Certificates in use at one time, and a few before them that sessions still have. */
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
   * Empty = each session needs a context of its own: clients show certificates, which each session
   * remembers for itself, or the provider does not carry hints.
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
