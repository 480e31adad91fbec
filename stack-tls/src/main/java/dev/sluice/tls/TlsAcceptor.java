package dev.sluice.tls;

/** What the sessions of a server share: its certificates, and whom it trusts. */
public final class TlsAcceptor {
  private final TlsServerOptions options;
  private final PeerCheck check;

  private TlsAcceptor(TlsServerOptions options, PeerCheck check) {
    this.options = options;
    this.check = check;
  }

  /** May read the system's certificates from disk: not for event loops. */
  public static TlsAcceptor of(TlsServerOptions options) {
    options.provider().jsse(); // a provider that cannot be had fails here
    return new TlsAcceptor(
        options, PeerCheck.of(options.clients().verification(), options.provider()));
  }

  public TlsServerOptions options() {
    return options;
  }

  /** A session with a client: the connections in it may resume each other, and no others. */
  public TlsServerScope session() {
    return new TlsServerScope(options, check);
  }
}
