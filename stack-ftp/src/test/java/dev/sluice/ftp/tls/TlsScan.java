package dev.sluice.ftp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.peer.FtpTarget;
import dev.sluice.ftp.peer.TlsProbe;
import dev.sluice.ftp.server.TestServer;
import dev.sluice.test.peer.Peers;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What testssl.sh finds; takes minutes and is run by {@code src/test/scripts/scan-tls} only. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class TlsScan {
  private static final Pattern FINDING =
      Pattern.compile(
          "\"id\"\\s*:\\s*\"([^\"]+)\"[^}]*?\"severity\"\\s*:\\s*\"(MEDIUM|HIGH|CRITICAL)\"");

  /**
   * The test's certificate lives for a day and names no place to ask for its revocation. The check
   * of renegotiation takes the close that answers it for a success, with STARTTLS; docs/security.md
   * says more.
   */
  private static final Set<String> EXPLAINED =
      Set.of(
          "cert_expirationStatus",
          "cert_notAfter",
          "cert_validityPeriod",
          "cert_revocation",
          "secure_client_renego");

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(FtpServerTls.Start.class)
  void findsNothingWorseThanLow(FtpServerTls.Start start) throws IOException {
    Peers.require("testssl");
    TestCertificates certificates = SecuredPeers.CERTIFICATES;
    Path authority = directory.resolve("authority.pem");
    Files.writeString(authority, TestCertificates.pem(certificates.authority()));
    TlsServerOptions options = TlsServerOptions.of(certificates.local());
    boolean implicit = start == FtpServerTls.Start.IMPLICIT;
    FtpServerTls tls = implicit ? FtpServerTls.implicit(options) : FtpServerTls.explicit(options);
    Path report = directory.resolve("report.json");
    Path root = Files.createDirectory(directory.resolve("root"));
    try (TestServer server = new TestServer(root, s -> s.tls(tls))) {
      FtpTarget target =
          FtpTarget.of(
                  "127.0.0.1", server.address().getPort(), TestServer.USER, TestServer.PASSWORD)
              .within(Duration.ofMinutes(20))
              .secured(new FtpTarget.Security(authority, implicit));
      new TlsProbe(target).testssl(report, "-p", "-s", "-f", "-P", "-S", "-U");
    }
    String findings = Files.readString(report);
    assertThat(findings).contains("\"TLS1_3\"", "\"heartbleed\"", "\"LUCKY13\"");
    assertThat(unexplained(findings)).isEmpty();
  }

  private static List<String> unexplained(String findings) {
    List<String> left = new ArrayList<>();
    for (Matcher finding = FINDING.matcher(findings); finding.find(); ) {
      String id = finding.group(1).split(" ", 2)[0];
      if (!EXPLAINED.contains(id)) {
        left.add(finding.group());
      }
    }
    return left;
  }
}
