package dev.sluice.tls;

import dev.sluice.tls.session.TlsConduct;
import dev.sluice.tls.session.TlsLimits;
import dev.sluice.tls.session.TlsVersion;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a client speaks TLS. Immutable; start from {@link #DEFAULT}.
 *
 * @param provider does the cryptography
 * @param versions the versions offered
 * @param verification which certificates are accepted
 * @param hostNameCheck whether the certificate must name the host
 * @param identity what the client shows when a server asks; null = nothing
 * @param protocols the protocols offered by ALPN; empty = none
 * @param conduct how the stream may end
 * @param limits longest waits and sizes
 */
public record TlsClientOptions(
    TlsProvider provider,
    Set<TlsVersion> versions,
    PeerVerification verification,
    boolean hostNameCheck,
    @Nullable KeyMaterial identity,
    List<String> protocols,
    TlsConduct conduct,
    TlsLimits limits) {
  /** TLS 1.2 and 1.3 with the JDK's provider; the system's authorities, and names checked. */
  public static final TlsClientOptions DEFAULT =
      new TlsClientOptions(
          TlsProvider.SUN_JSSE,
          Set.of(TlsVersion.values()),
          PeerVerification.system(),
          true,
          null,
          List.of(),
          TlsConduct.STRICT,
          TlsLimits.DEFAULT);

  public TlsClientOptions {
    versions = Set.copyOf(versions);
    protocols = List.copyOf(protocols);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("no TLS version is left");
    }
  }

  public TlsClientOptions withProvider(TlsProvider newProvider) {
    return new TlsClientOptions(
        newProvider, versions, verification, hostNameCheck, identity, protocols, conduct, limits);
  }

  public TlsClientOptions withVersions(Set<TlsVersion> newVersions) {
    return new TlsClientOptions(
        provider, newVersions, verification, hostNameCheck, identity, protocols, conduct, limits);
  }

  public TlsClientOptions withVerification(PeerVerification newVerification) {
    return new TlsClientOptions(
        provider, versions, newVerification, hostNameCheck, identity, protocols, conduct, limits);
  }

  /** Accepts a certificate that is valid for any other host, too. */
  public TlsClientOptions dangerouslyIgnoreHostName() {
    return new TlsClientOptions(
        provider, versions, verification, false, identity, protocols, conduct, limits);
  }

  public TlsClientOptions withIdentity(KeyMaterial newIdentity) {
    return new TlsClientOptions(
        provider, versions, verification, hostNameCheck, newIdentity, protocols, conduct, limits);
  }

  public TlsClientOptions withProtocols(List<String> newProtocols) {
    return new TlsClientOptions(
        provider, versions, verification, hostNameCheck, identity, newProtocols, conduct, limits);
  }

  public TlsClientOptions withConduct(TlsConduct newConduct) {
    return new TlsClientOptions(
        provider, versions, verification, hostNameCheck, identity, protocols, newConduct, limits);
  }

  public TlsClientOptions withLimits(TlsLimits newLimits) {
    return new TlsClientOptions(
        provider, versions, verification, hostNameCheck, identity, protocols, conduct, newLimits);
  }
}
