package dev.sluice.docs.examples;

import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.tls.ClientCertificates;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.PemFiles;
import dev.sluice.tls.ReloadableCertificates;
import dev.sluice.tls.ServerCertificates;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsServerOptions;
import java.nio.file.Path;

/** Short answers to questions about FTPS. */
public final class FtpsHowTo {
  private FtpsHowTo() {}

  /** A client that trusts an authority of your own; without one it trusts what the JDK trusts. */
  public static FtpClient trusting(FtpClient client, Path authority) {
    TlsClientOptions tls =
        TlsClientOptions.DEFAULT.withVerification(
            PeerVerification.authorities(PemFiles.certificates(authority)));
    return client.security(FtpSecurity.explicit(tls));
  }

  /** Certificates that can be replaced: call {@code reload()} when the files have changed. */
  public static ReloadableCertificates certificates(Path chain, Path key) throws Exception {
    return ReloadableCertificates.load(
        () -> ServerCertificates.of(PemFiles.keyMaterial(chain, key)));
  }

  /** A server that lets nobody in and moves no data without TLS. */
  public static FtpServer protectedBy(FtpServer server, ServerCertificates certificates) {
    return server.tls(
        FtpServerTls.explicit(TlsServerOptions.of(certificates))
            .withRequired(FtpServerTls.Required.LOGIN_AND_DATA));
  }

  /** A server that accepts only clients with a certificate of {@code authority}. */
  public static FtpServer forCertified(
      FtpServer server, ServerCertificates certificates, Path authority) {
    ClientCertificates certified =
        new ClientCertificates(
            ClientCertificates.Demand.NEED,
            PeerVerification.authorities(PemFiles.certificates(authority)));
    return server.tls(
        FtpServerTls.explicit(TlsServerOptions.of(certificates).withClients(certified)));
  }

  /** A client that shows a certificate of its own, too. */
  public static FtpClient certified(FtpClient client, Path authority, KeyMaterial identity) {
    TlsClientOptions tls =
        TlsClientOptions.DEFAULT
            .withVerification(PeerVerification.authorities(PemFiles.certificates(authority)))
            .withIdentity(identity);
    return client.security(FtpSecurity.explicit(tls));
  }
}
