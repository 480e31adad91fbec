package dev.sluice.ftp.tls;

import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.client.RealServers;
import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.PeerTls;
import dev.sluice.ftp.peer.ServerPeer;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsProvider;
import dev.sluice.tls.session.TlsVersion;
import dev.sluice.tls.test.TestCertificates;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Real servers over TLS, and clients of ours for them. */
final class SecuredPeers {
  static final TestCertificates CERTIFICATES = new TestCertificates();

  private SecuredPeers() {}

  /**
   * A server, and how it is spoken to.
   *
   * @param server its name
   * @param start how its control connections become TLS
   * @param provider the client's
   * @param versions that the client offers
   */
  record Way(String server, PeerTls.Start start, TlsProvider provider, Set<TlsVersion> versions) {
    boolean isImplicit() {
      return start == PeerTls.Start.IMPLICIT;
    }

    @Override
    public String toString() {
      return String.join(
          " ",
          server,
          start.toString(),
          provider.toString(),
          versions.stream().sorted().toList().toString());
    }

    /** Pure-FTPd gives tickets of TLS 1.3 and declines them. */
    boolean isResumable() {
      return !server.equals("pure-ftpd") || !versions.contains(TlsVersion.TLS_1_3);
    }

    /** As many as show that tickets do not run out; a login for each costs time. */
    int files() {
      return server.equals("proftpd") && !versions.contains(TlsVersion.TLS_1_2) ? 15 : 100;
    }

    ServerPeer serve() {
      return RealServers.start(
          server, PeerOptions.DEFAULT.secured(new PeerTls(CERTIFICATES, start, true)));
    }

    FtpClient client(ServerPeer peer, List<SessionEvent> events) {
      TlsClientOptions tls =
          TlsClientOptions.DEFAULT
              .withProvider(provider)
              .withVersions(versions)
              .withVerification(CERTIFICATES.verification());
      return RealServers.client(peer)
          .security(isImplicit() ? FtpSecurity.implicit(tls) : FtpSecurity.explicit(tls))
          .observer(events::add);
    }
  }

  /** Every server with every version and provider that it can work with. */
  static Stream<Way> ways() {
    return Stream.of(
        explicit("vsftpd", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3),
        explicit("vsftpd", TlsProvider.BOUNCY_CASTLE, TlsVersion.TLS_1_2),
        explicit("vsftpd", TlsProvider.SUN_JSSE, TlsVersion.values()),
        implicit("vsftpd", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3),
        explicit("proftpd", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_2),
        explicit("proftpd", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3),
        explicit("proftpd", TlsProvider.SUN_JSSE, TlsVersion.values()),
        explicit("proftpd", TlsProvider.BOUNCY_CASTLE, TlsVersion.TLS_1_2),
        implicit("proftpd", TlsProvider.SUN_JSSE, TlsVersion.values()),
        explicit("pure-ftpd", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_2),
        explicit("pure-ftpd", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3),
        explicit("pure-ftpd", TlsProvider.BOUNCY_CASTLE, TlsVersion.TLS_1_2),
        explicit("pyftpdlib", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_2),
        explicit("pyftpdlib", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3),
        explicit("apache", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_2),
        explicit("apache", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3),
        implicit("apache", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3),
        explicit("apache", TlsProvider.BOUNCY_CASTLE, TlsVersion.TLS_1_2));
  }

  /** Each server once, each version and start at least once. */
  static Stream<Way> someWays() {
    return Stream.of(
        implicit("vsftpd", TlsProvider.SUN_JSSE, TlsVersion.values()),
        explicit("proftpd", TlsProvider.SUN_JSSE, TlsVersion.values()),
        explicit("pure-ftpd", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3),
        explicit("pyftpdlib", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_2),
        explicit("apache", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3));
  }

  /** The last logs in anew for every upload: ProFTPD gives no tickets then. */
  static Stream<Way> longWays() {
    return Stream.concat(
        someWays(),
        Stream.of(
            explicit("vsftpd", TlsProvider.BOUNCY_CASTLE, TlsVersion.TLS_1_2),
            explicit("proftpd", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_2),
            explicit("proftpd", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3)));
  }

  static Way explicit(String server, TlsProvider provider, TlsVersion... versions) {
    return new Way(server, PeerTls.Start.REQUIRED, provider, Set.of(versions));
  }

  static Way implicit(String server, TlsProvider provider, TlsVersion... versions) {
    return new Way(server, PeerTls.Start.IMPLICIT, provider, Set.of(versions));
  }
}
