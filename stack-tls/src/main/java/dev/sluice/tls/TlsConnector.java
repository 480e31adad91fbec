package dev.sluice.tls;

/**
 * What the sessions of a client share: whom it trusts and who it is.
 *
 * <pre>{@code
 * TlsClientScope session = TlsConnector.of(TlsClientOptions.DEFAULT).session("ftp.example.org", 21);
 * TlsHandler.start(channel, session.first()).established();
 * }</pre>
 */
public final class TlsConnector {
  private final TlsClientOptions options;
  private final PeerCheck check;

  private TlsConnector(TlsClientOptions options, PeerCheck check) {
    this.options = options;
    this.check = check;
  }

  /** May read the system's certificates from disk: not for event loops. */
  public static TlsConnector of(TlsClientOptions options) {
    options.provider().jsse(); // a provider that cannot be had fails here
    return new TlsConnector(options, PeerCheck.of(options.verification(), options.provider()));
  }

  /**
   * A session with a server: the connections in it may resume each other, and no others.
   *
   * @param host as the user gave it: what the certificate must prove, on every connection
   * @param port tells sessions apart in logs of providers; that of the first connection
   */
  public TlsClientScope session(String host, int port) {
    return new TlsClientScope(options, check, host, port);
  }
}
