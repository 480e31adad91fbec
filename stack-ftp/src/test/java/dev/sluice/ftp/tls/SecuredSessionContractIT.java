package dev.sluice.ftp.tls;

import dev.sluice.api.FileOperations;
import dev.sluice.api.RawName;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.TestServer;
import dev.sluice.test.FileOperationsContract;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** A session over TLS with our own server does what disk and memory do. */
@DisplayName("A session over TLS with our server")
final class SecuredSessionContractIT implements FileOperationsContract {
  private static final TestCertificates CERTIFICATES = new TestCertificates();

  @TempDir private Path root;
  private TestServer server;
  private FtpSession session;

  @BeforeEach
  void logIn() {
    FtpServerTls policy = FtpServerTls.explicit(TlsServerOptions.of(CERTIFICATES.local()));
    server = new TestServer(root, ours -> ours.tls(policy));
    TlsClientOptions trusting =
        TlsClientOptions.DEFAULT.withVerification(CERTIFICATES.verification());
    session =
        FtpClient.create("localhost")
            .port(server.address().getPort())
            .credentials(TestServer.USER, TestServer.PASSWORD)
            .security(FtpSecurity.explicit(trusting))
            .connectFtp()
            .block(patience());
  }

  @AfterEach
  void logOut() {
    session.close().block(patience());
    server.close();
  }

  @Override
  public FileOperations operations() {
    return session;
  }

  /** A line feed would end the command. */
  @Override
  public boolean storesName(String name) {
    return name.indexOf('\n') < 0;
  }

  /** Our server lets no control character into a line that other programs read. */
  @Override
  public String listedName(String name) {
    return RawName.onOneLine(name);
  }
}
