package dev.sluice.tls.session;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The parameters that two peers have negotiated.
 *
 * @param version of the protocol
 * @param cipherSuite by its registered name
 * @param peerChain the certificates of the peer, its own first; empty = it showed none
 * @param resumed whether it resumes an earlier session, whose peer was verified then
 * @param serverName the host that the client asked for (RFC 6066); empty = none
 * @param applicationProtocol what ALPN chose (RFC 7301); empty = nothing
 */
public record TlsSession(
    TlsVersion version,
    String cipherSuite,
    List<X509Certificate> peerChain,
    boolean resumed,
    Optional<String> serverName,
    Optional<String> applicationProtocol) {
  public TlsSession {
    peerChain = List.copyOf(peerChain);
  }

  /** In a few words: {@code TLS 1.3 TLS_AES_256_GCM_SHA384 resumed}. */
  public String describe() {
    return version.label() + " " + cipherSuite + (resumed ? " resumed" : "");
  }
}
