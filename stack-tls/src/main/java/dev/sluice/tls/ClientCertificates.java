package dev.sluice.tls;

/**
 * Whether a server asks clients for certificates, and whose it accepts.
 *
 * @param demand how badly it wants one
 * @param verification whose certificates are accepted
 */
public record ClientCertificates(Demand demand, PeerVerification verification) {
  /** Nobody is asked. */
  public static final ClientCertificates NONE =
      new ClientCertificates(Demand.NONE, PeerVerification.system());

  /** How badly a certificate is wanted. */
  public enum Demand {
    NONE,
    /** A client may go without. */
    WANT,
    /** The handshake fails without. */
    NEED
  }
}
