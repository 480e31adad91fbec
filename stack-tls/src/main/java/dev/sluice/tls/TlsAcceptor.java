package dev.sluice.tls;

import org.jspecify.annotations.Nullable;

/** What the sessions of a server share: its certificates, and the clients it trusts. */
public final class TlsAcceptor {
  private final TlsServerOptions options;
  private final PeerCheck check;
  private final @Nullable SharedContexts shared;
  private final Lineages lineages = new Lineages();

  private TlsAcceptor(TlsServerOptions options, PeerCheck check, @Nullable SharedContexts shared) {
    this.options = options;
    this.check = check;
    this.shared = shared;
  }

  /** May read the system's certificates from disk: not for event loops. */
  public static TlsAcceptor of(TlsServerOptions options) {
    options.provider().jsse(); // a missing provider fails here
    PeerCheck check = PeerCheck.of(options.clients().verification(), options.provider());
    return new TlsAcceptor(options, check, SharedContexts.of(options, check).orElse(null));
  }

  public TlsServerOptions options() {
    return options;
  }

  /**
   * A session with a client. Its connections may resume each other, and sessions over which the
   * same user has logged in; see {@link TlsServerScope#belongsTo}.
   */
  public TlsServerScope session() {
    return new TlsServerScope(options, check, shared, lineages);
  }
}
