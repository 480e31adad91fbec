package dev.sluice.tls.core;

/**
 * How a core behaves where peers differ.
 *
 * @param dangerouslyAllowTruncation takes the end of the connection for the end of the stream, also
 *     when the peer has not said so: whoever can cut the connection can shorten the stream
 * @param ticketsAtEnd keeps what an engine says behind its handshake, tickets above all, until the
 *     peer has ended its stream: some clients send a file, close, and answer a ticket with a reset
 */
public record TlsConduct(boolean dangerouslyAllowTruncation, boolean ticketsAtEnd) {
  public static final TlsConduct STRICT = new TlsConduct(false, false);

  /** For the receiver of a stream from a peer that may not read. */
  public TlsConduct withTicketsAtEnd() {
    return new TlsConduct(dangerouslyAllowTruncation, true);
  }
}
