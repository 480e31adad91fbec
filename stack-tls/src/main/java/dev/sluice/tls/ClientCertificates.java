package dev.sluice.tls;

/**
 * Whether a server asks clients for certificates, and which it accepts.
 *
 * @param demand whether a client must show one
 * @param verification which certificates are accepted
 */
public record ClientCertificates(Demand demand, PeerVerification verification) {
  /** No client is asked. */
  public static final ClientCertificates NONE =
      new ClientCertificates(Demand.NONE, PeerVerification.system());

  /** Whether a client must show a certificate. */
  public enum Demand {
    NONE,
    /** A client may connect without a certificate. */
    WANT,
    /** The handshake fails without a certificate. */
    NEED
  }
}
