package dev.sluice.tls;

/**
 * What the sessions of a client share: the servers it trusts and its own identity.
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
    options.provider().jsse(); // a missing provider fails here
    return new TlsConnector(options, PeerCheck.of(options.verification(), options.provider()));
  }

  /**
   * A session with a server. Its connections may resume each other, and no others.
   *
   * @param host as the user gave it; the certificate must prove it on every connection
   * @param port the port of the first connection; distinguishes sessions in the logs of providers
   */
  public TlsClientScope session(String host, int port) {
    return new TlsClientScope(options, check, host, port);
  }
}
