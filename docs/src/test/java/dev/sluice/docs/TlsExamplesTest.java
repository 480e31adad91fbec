package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.BoundServer;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TransferException;
import dev.sluice.docs.examples.FtpsHowTo;
import dev.sluice.docs.examples.TlsExample;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.tls.ReloadableCertificates;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.tls.test.TestCertificates.Wish;
import dev.sluice.transport.door.StaticUsers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;

/** The examples of TLS, run against each other. */
final class TlsExamplesTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final TestCertificates CERTIFICATES = new TestCertificates();

  @TempDir private Path home;

  @Test
  void anEchoIsHeardThroughTls() {
    DisposableServer echo = TlsExample.echo(CERTIFICATES.local()).block(LIMIT);
    try {
      assertThat(TlsExample.ask(echo.port(), CERTIFICATES.verification(), "hello").block(LIMIT))
          .isEqualTo("hello");
    } finally {
      echo.disposeNow(LIMIT);
    }
  }

  @Test
  void filesAreListedUnderCertificatesFromFilesThatCanBeReplaced() throws Exception {
    TestCertificates.PemFiles files = CERTIFICATES.write(home);
    ReloadableCertificates certificates = FtpsHowTo.certificates(files.certificate(), files.key());
    BoundServer server = bound(FtpsHowTo.protectedBy(server(), certificates));
    try {
      assertListed(FtpsHowTo.trusting(client(server), files.authority()));
      CERTIFICATES.write(home);
      certificates.reload().block(LIMIT);
      assertListed(FtpsHowTo.trusting(client(server), files.authority()));
    } finally {
      server.close().block(LIMIT);
    }
  }

  @Test
  void onlyCertifiedClientsAreLetIn() throws Exception {
    TestCertificates.PemFiles files = CERTIFICATES.write(home);
    BoundServer server =
        bound(
            FtpsHowTo.forCertified(
                server(),
                FtpsHowTo.certificates(files.certificate(), files.key()),
                files.authority()));
    try {
      assertListed(
          FtpsHowTo.certified(
              client(server), files.authority(), CERTIFICATES.issue(Wish.named("ann"))));
      FtpClient stranger = FtpsHowTo.trusting(client(server), files.authority());
      assertThatThrownBy(() -> stranger.connect().block(LIMIT))
          .isInstanceOf(TransferException.class);
    } finally {
      server.close().block(LIMIT);
    }
  }

  private static void assertListed(FtpClient client) {
    FtpSession session = client.connectFtp().block(LIMIT);
    assertThat(session.info().security()).startsWith("TLS 1.3");
    assertThat(session.list(RemotePath.root()).collectList().block(LIMIT)).isEmpty();
    session.close().block(LIMIT);
  }

  private static FtpServer server() {
    return FtpServer.create()
        .host("127.0.0.1")
        .port(0)
        .storage(MemoryStorage.create())
        .users(StaticUsers.of("ann", "secret"));
  }

  private static BoundServer bound(FtpServer server) {
    return server.bind().block(LIMIT);
  }

  private static FtpClient client(BoundServer server) {
    return FtpClient.create("localhost")
        .port(server.address().getPort())
        .credentials("ann", "secret");
  }
}
