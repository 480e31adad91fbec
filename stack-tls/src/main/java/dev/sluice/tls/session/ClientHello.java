package dev.sluice.tls.session;

import java.util.List;
import java.util.Optional;

/**
 * What a client says about itself before any key is agreed on.
 *
 * @param serverName the host it wants, in lower case (RFC 6066 section 3); empty = not given
 * @param protocols the protocols it offers (RFC 7301), in its order; empty = not given
 * @param offersTicket whether it offers to resume an earlier session, in TLS 1.3 (RFC 8446 section
 *     4.2.11)
 */
public record ClientHello(
    Optional<String> serverName, List<String> protocols, boolean offersTicket) {
  public ClientHello {
    protocols = List.copyOf(protocols);
  }
}
