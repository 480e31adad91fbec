package dev.sluice.tls;

import dev.sluice.tls.session.TlsConduct;
import dev.sluice.tls.session.TlsLimits;
import dev.sluice.tls.session.TlsVersion;
import java.util.List;
import java.util.Set;

/**
 * How a server speaks TLS. Immutable; start from {@link #of}.
 *
 * @param certificates the certificates it shows
 * @param provider does the cryptography
 * @param versions the versions accepted
 * @param clients whether clients must show certificates, too
 * @param protocols the protocols that ALPN may choose from; a client that offers only others is
 *     refused; empty = the extension is ignored
 * @param conduct how streams may end
 * @param limits longest waits and sizes
 */
public record TlsServerOptions(
    ServerCertificates certificates,
    TlsProvider provider,
    Set<TlsVersion> versions,
    ClientCertificates clients,
    List<String> protocols,
    TlsConduct conduct,
    TlsLimits limits) {

  public TlsServerOptions {
    versions = Set.copyOf(versions);
    protocols = List.copyOf(protocols);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("no TLS version is left");
    }
  }

  /** TLS 1.2 and 1.3 with the JDK's provider; clients are not asked for certificates. */
  public static TlsServerOptions of(ServerCertificates certificates) {
    return new TlsServerOptions(
        certificates,
        TlsProvider.SUN_JSSE,
        Set.of(TlsVersion.values()),
        ClientCertificates.NONE,
        List.of(),
        TlsConduct.STRICT,
        TlsLimits.DEFAULT);
  }

  /** With one certificate for all clients. */
  public static TlsServerOptions of(KeyMaterial material) {
    return of(ServerCertificates.of(material));
  }

  public TlsServerOptions withProvider(TlsProvider newProvider) {
    return new TlsServerOptions(
        certificates, newProvider, versions, clients, protocols, conduct, limits);
  }

  public TlsServerOptions withVersions(Set<TlsVersion> newVersions) {
    return new TlsServerOptions(
        certificates, provider, newVersions, clients, protocols, conduct, limits);
  }

  public TlsServerOptions withClients(ClientCertificates newClients) {
    return new TlsServerOptions(
        certificates, provider, versions, newClients, protocols, conduct, limits);
  }

  public TlsServerOptions withProtocols(List<String> newProtocols) {
    return new TlsServerOptions(
        certificates, provider, versions, clients, newProtocols, conduct, limits);
  }

  public TlsServerOptions withConduct(TlsConduct newConduct) {
    return new TlsServerOptions(
        certificates, provider, versions, clients, protocols, newConduct, limits);
  }

  public TlsServerOptions withLimits(TlsLimits newLimits) {
    return new TlsServerOptions(
        certificates, provider, versions, clients, protocols, conduct, newLimits);
  }
}
