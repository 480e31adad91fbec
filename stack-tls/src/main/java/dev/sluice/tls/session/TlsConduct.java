package dev.sluice.tls.session;

/**
 * How a core behaves where peers differ.
 *
 * @param dangerouslyAllowTruncation treats the end of the connection as the end of the stream, even
 *     without close_notify: an attacker who can cut the connection can then shorten the stream
 */
public record TlsConduct(boolean dangerouslyAllowTruncation) {
  public static final TlsConduct STRICT = new TlsConduct(false);
}
