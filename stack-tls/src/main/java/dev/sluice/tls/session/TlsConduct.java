package dev.sluice.tls.session;

/**
 * How a core behaves where peers differ.
 *
 * @param dangerouslyAllowTruncation takes the end of the connection for the end of the stream, also
 *     when the peer has not said so: whoever can cut the connection can shorten the stream
 */
public record TlsConduct(boolean dangerouslyAllowTruncation) {
  public static final TlsConduct STRICT = new TlsConduct(false);
}
