package dev.sluice.ftp.tls;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static dev.sluice.ftp.client.RealServers.buffers;
import static dev.sluice.ftp.client.RealServers.collect;
import static dev.sluice.ftp.client.RealServers.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.TestServer;
import dev.sluice.test.Conforms;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsProvider;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.session.TlsVersion;
import dev.sluice.tls.test.TestCertificates;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class BothEndsIT {
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final RemotePath FILE = RemotePath.of("/file.bin");

  @TempDir private Path root;
  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

  static Stream<Arguments> ways() {
    return Stream.of(FtpServerTls.Start.values())
        .flatMap(
            start -> Stream.of(TlsVersion.values()).map(version -> Arguments.of(start, version)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ways")
  @Conforms({"FTP-202", "FTP-207", "FTP-208", "FTP-209", "FTP-210", "FTP-214", "TLS-047"})
  void aHundredFilesGoThereAndComeBackEachResumingTheSession(
      FtpServerTls.Start start, TlsVersion version) {
    try (TestServer server = server(start);
        Use use = new Use(client(server, start, version))) {
      assertThat(use.session.info().protocol()).isEqualTo("ftps");
      assertThat(use.session.info().security()).startsWith(version.label());
      for (int i = 0; i < 100; i++) {
        byte[] content = octets(i * 777);
        use.session.write(FILE, WriteMode.replace(), buffers(content, 16384)).block(PATIENCE);
        assertThat(collect(use.session.read(FILE, ByteRange.all()))).isEqualTo(content);
      }
      assertThat(use.session.list(RemotePath.root()).map(FileEntry::name).collectList().block())
          .containsExactly("file.bin");
      List<SessionEvent.Secured> secured =
          events.stream()
              .filter(SessionEvent.Secured.class::isInstance)
              .map(SessionEvent.Secured.class::cast)
              .toList();
      assertThat(secured).filteredOn(event -> !event.resumed()).hasSize(1);
      assertThat(secured).hasSizeGreaterThan(200);
    }
  }

  private TestServer server(FtpServerTls.Start start) {
    TlsServerOptions tls = TlsServerOptions.of(CERTIFICATES.local());
    FtpServerTls policy =
        start == FtpServerTls.Start.IMPLICIT
            ? FtpServerTls.implicit(tls)
            : FtpServerTls.explicit(tls);
    return new TestServer(root, server -> server.tls(policy).observer(events::add));
  }

  private static FtpClient client(TestServer server, FtpServerTls.Start start, TlsVersion version) {
    TlsClientOptions tls =
        TlsClientOptions.DEFAULT
            .withProvider(TlsProvider.SUN_JSSE)
            .withVersions(Set.of(version))
            .withVerification(CERTIFICATES.verification());
    FtpSecurity security =
        start == FtpServerTls.Start.IMPLICIT
            ? FtpSecurity.implicit(tls)
            : FtpSecurity.explicit(tls);
    return FtpClient.create("localhost")
        .port(server.address().getPort())
        .credentials(TestServer.USER, TestServer.PASSWORD)
        .security(security);
  }

  private static final class Use implements AutoCloseable {
    final FtpSession session;

    Use(FtpClient client) {
      session = client.connectFtp().block(PATIENCE);
    }

    @Override
    public void close() {
      session.close().block(PATIENCE);
    }
  }
}
