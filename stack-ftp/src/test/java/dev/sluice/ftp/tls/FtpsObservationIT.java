package dev.sluice.ftp.tls;

import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import org.junit.jupiter.api.DisplayName;

@DisplayName("What is heard of FTPS")
final class FtpsObservationIT extends FtpObservationIT {
  private static final TestCertificates CERTIFICATES = new TestCertificates();

  @Override
  protected String protocol() {
    return "ftps";
  }

  @Override
  FtpServer secured(FtpServer ours) {
    return ours.tls(FtpServerTls.explicit(TlsServerOptions.of(CERTIFICATES.local())));
  }

  @Override
  FtpClient secured(FtpClient ours) {
    return ours.security(
        FtpSecurity.explicit(
            TlsClientOptions.DEFAULT.withVerification(CERTIFICATES.verification())));
  }
}
