package dev.sluice.tls.record;

import java.util.List;
import java.util.Optional;

/**
 * What a client tells about itself before any key is agreed on.
 *
 * @param serverName the host it wants, in lower case (RFC 6066 section 3); empty = not told
 * @param protocols what it offers to speak (RFC 7301), in its order; empty = not told
 */
public record ClientHello(Optional<String> serverName, List<String> protocols) {
  public ClientHello {
    protocols = List.copyOf(protocols);
  }
}
