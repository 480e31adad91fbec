package dev.sluice.ftp.tls;

import static dev.sluice.ftp.client.RealServers.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.FtpServerTls.Resumption;
import dev.sluice.ftp.FtpServerTls.Start;
import dev.sluice.ftp.peer.ClientPeer;
import dev.sluice.ftp.peer.Curl;
import dev.sluice.ftp.peer.FtpTarget;
import dev.sluice.ftp.peer.Ftplib;
import dev.sluice.ftp.peer.Lftp;
import dev.sluice.ftp.peer.ProgramRun;
import dev.sluice.ftp.peer.Rclone;
import dev.sluice.ftp.peer.TlsProbe;
import dev.sluice.ftp.server.TestServer;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.session.TlsVersion;
import dev.sluice.tls.test.TestCertificates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The clients that people use, over TLS; resumption is enforced where a client can resume.
 *
 * <p>curl in active mode is not here: Debian's 7.88 sends files in clear then.
 */
final class ClientsTlsIT {
  private static final TestCertificates CERTIFICATES = SecuredPeers.CERTIFICATES;

  @TempDir private Path directory;
  private Path root;
  private Path authority;
  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    authority = directory.resolve("authority.pem");
    Files.writeString(authority, TestCertificates.pem(CERTIFICATES.authority()));
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @MethodSource("clients")
  @Conforms({"FTP-202", "FTP-208", "FTP-210", "FTP-214", "FTP-215", "TLS-039", "TLS-055"})
  void filesGoThereAndBackAndAreListed(
      String name,
      Start start,
      TlsVersion version,
      Resumption resumption,
      Function<FtpTarget, ClientPeer> client)
      throws IOException {
    Peers.require(name.split(" ", 2)[0]);
    try (TestServer server = server(start, Set.of(version), resumption)) {
      ClientPeer peer = client.apply(target(server, start));
      for (int size : new int[] {0, 1, 3_000_000}) {
        String file = "f" + size;
        Path source = Files.write(directory.resolve("source"), octets(size));
        Path copy = directory.resolve("copy");
        Files.deleteIfExists(copy);
        peer.upload(source, "/" + file).requireSuccess();
        assertThat(root.resolve(file)).hasSameBinaryContentAs(source);
        peer.download("/" + file, copy).requireSuccess();
        assertThat(copy).hasSameBinaryContentAs(source);
      }
      assertThat(peer.list("/").requireSuccess().stdout()).contains("f3000000");
      assertEverythingWasSecured(version);
    }
  }

  /** Its OpenSSL uses each ticket of TLS 1.3 once, and it hangs up as soon as a file is out. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ways")
  void curlSendsSeveralSmallFilesOverOneConnection(Start start, TlsVersion version)
      throws IOException {
    Peers.require("curl");
    try (TestServer server = server(start, Set.of(version), Resumption.ENFORCED)) {
      Curl curl = new Curl(target(server, start));
      List<String> files = Stream.of("f1", "f2", "f3", "f4", "f5", "f6").toList();
      for (String file : files) {
        Files.write(directory.resolve(file), octets(7000));
      }
      String all = directory + "/{" + String.join(",", files) + "}";
      curl.run("--no-globoff", "--upload-file", all, curl.url("/")).requireSuccess();
      for (String file : files) {
        assertThat(root.resolve(file)).hasBinaryContent(octets(7000));
      }
      assertThat(events).filteredOn(SessionEvent.Connected.class::isInstance).hasSize(1);
    }
  }

  static Stream<Arguments> ways() {
    return Stream.of(Start.values())
        .flatMap(
            start -> Stream.of(TlsVersion.values()).map(version -> Arguments.of(start, version)));
  }

  @ParameterizedTest
  @EnumSource(Start.class)
  void lftpMirrorsATreeUpAndDownInParallel(Start start) throws IOException {
    Peers.require("lftp");
    try (TestServer server = server(start, Set.of(TlsVersion.values()), Resumption.ENFORCED)) {
      Lftp lftp = new Lftp(target(server, start));
      Path tree = Files.createDirectories(directory.resolve("tree/sub"));
      for (int i = 0; i < 20; i++) {
        Files.write(tree.resolve("f" + i), octets(i * 5000));
      }
      lftp.mirrorUp(tree, "/copy", 3).requireSuccess();
      lftp.mirrorDown("/copy", directory.resolve("back"), 3).requireSuccess();
      for (int i = 0; i < 20; i++) {
        assertThat(directory.resolve("back/f" + i)).hasBinaryContent(octets(i * 5000));
      }
    }
  }

  /** It cannot resume, and its TLS engine is the JDK's blocking one. */
  @ParameterizedTest
  @EnumSource(Start.class)
  @Conforms({"FTP-207", "FTP-215"})
  void commonsNetWorksWhereResumptionIsOptional(Start start) throws Exception {
    try (TestServer server = server(start, Set.of(TlsVersion.values()), Resumption.OPTIONAL)) {
      FTPSClient client = commonsNet(server, start);
      for (int i = 0; i < 10; i++) {
        assertThat(client.storeFile("f", new ByteArrayInputStream(octets(i * 1000))))
            .as(client.getReplyString())
            .isTrue();
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        assertThat(client.retrieveFile("f", back)).isTrue();
        assertThat(back.toByteArray()).isEqualTo(octets(i * 1000));
      }
      assertThat(client.listFiles()).hasSize(1);
      client.logout();
      client.disconnect();
    }
  }

  @Test
  @Conforms({"FTP-213", "FTP-215", "TLS-056"})
  void commonsNetIsToldToResumeWhereThatIsEnforced() throws Exception {
    try (TestServer server =
        server(Start.EXPLICIT, Set.of(TlsVersion.TLS_1_2), Resumption.ENFORCED)) {
      FTPSClient client = commonsNet(server, Start.EXPLICIT);
      Files.write(root.resolve("f"), octets(10));
      boolean stored;
      try {
        stored = client.storeFile("f", new ByteArrayInputStream(octets(1000)));
      } catch (IOException handshake) {
        stored = false;
        client.getReply();
      }
      assertThat(stored).isFalse();
      assertThat(client.getReplyString()).startsWith("522 ").contains("resume");
      assertThat(root.resolve("f")).hasBinaryContent(octets(10));
      assertThat(client.sendNoOp()).isTrue();
      client.disconnect();
    }
  }

  @ParameterizedTest
  @EnumSource(Start.class)
  @Conforms({"FTP-220", "TLS-025", "TLS-027"})
  void opensslSpeaksBothVersionsAndIsRefusedTheOlderOnes(Start start) throws IOException {
    Peers.require("openssl");
    try (TestServer server = server(start, Set.of(TlsVersion.values()), Resumption.ENFORCED)) {
      TlsProbe probe = new TlsProbe(target(server, start));
      for (String version : List.of("-tls1_2", "-tls1_3")) {
        ProgramRun run = probe.openssl("FEAT\nQUIT\n", version).requireSuccess();
        assertThat(run.stdout()).contains("Verify return code: 0 (ok)", " AUTH TLS", "221 ");
      }
      for (String version : List.of("-tls1", "-tls1_1")) {
        ProgramRun run = probe.openssl("QUIT\n", version, "-cipher", "ALL:@SECLEVEL=0");
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.stderr() + run.stdout()).contains("alert protocol version");
      }
      for (String weak : List.of("AES128-SHA", "AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA")) {
        ProgramRun run = probe.openssl("QUIT\n", "-tls1_2", "-cipher", weak + ":@SECLEVEL=0");
        assertThat(run.exitCode()).as(weak).isNotZero();
        assertThat(run.stderr() + run.stdout()).contains("alert handshake failure");
      }
    }
  }

  /** A session says which handshake began it; who is logged in, it says on its connection only. */
  @ParameterizedTest
  @EnumSource(TlsVersion.class)
  @Conforms({"TLS-057", "TLS-058"})
  void opensslTakesItsSessionToAnotherConnectionButNotItsLogin(TlsVersion version)
      throws IOException {
    Peers.require("openssl");
    try (TestServer server = server(Start.EXPLICIT, Set.of(version), Resumption.ENFORCED)) {
      TlsProbe probe = new TlsProbe(target(server, Start.EXPLICIT));
      String file = directory.resolve("session").toString();
      FtpTarget target = target(server, Start.EXPLICIT);
      String login = "USER " + target.user() + "\nPASS " + target.password() + "\nPWD\nQUIT\n";
      assertThat(probe.openssl(login, "-sess_out", file).requireSuccess().stdout())
          .contains("257 ");
      ProgramRun again = probe.openssl("PWD\nQUIT\n", "-sess_in", file).requireSuccess();
      assertThat(again.stdout()).contains("Reused, TLSv1.", "530 ").doesNotContain("257 ");
    }
  }

  @ParameterizedTest
  @EnumSource(Start.class)
  void gnutlsSpeaksBothVersions(Start start) throws IOException {
    Peers.require("gnutls");
    try (TestServer server = server(start, Set.of(TlsVersion.values()), Resumption.ENFORCED)) {
      TlsProbe probe = new TlsProbe(target(server, start));
      for (String version : List.of("TLS1.2", "TLS1.3")) {
        ProgramRun run =
            probe.gnutls("NOOP\n", "--priority=NORMAL:-VERS-ALL:+VERS-" + version).requireSuccess();
        assertThat(run.stdout()).contains("The certificate is trusted", version, "200 OK");
      }
      ProgramRun old = probe.gnutls("", "--priority=NORMAL:-VERS-ALL:+VERS-TLS1.1");
      assertThat(old.exitCode()).isNotZero();
    }
  }

  static Stream<Arguments> clients() {
    return Stream.of(Start.values())
        .flatMap(
            start ->
                Stream.of(TlsVersion.values())
                    .flatMap(
                        version ->
                            Stream.of(
                                client("curl", start, version, Resumption.ENFORCED, Curl::new),
                                client("lftp", start, version, Resumption.ENFORCED, Lftp::new),
                                client(
                                    "lftp active",
                                    start,
                                    version,
                                    Resumption.ENFORCED,
                                    target -> new Lftp(target.actively())),
                                client("rclone", start, version, rclone(version), Rclone::new),
                                client(
                                    "ftplib", start, version, Resumption.OPTIONAL, Ftplib::new))))
        // Python's ftplib knows no implicit TLS.
        .filter(way -> way.get()[0] != "ftplib" || way.get()[1] == Start.EXPLICIT);
  }

  /**
   * It resumes with TLS 1.3 only: what Go sent before 1.21 lacks the extended master secret,
   * without which no session of TLS 1.2 is resumed (RFC 7627 section 5.3).
   */
  private static Resumption rclone(TlsVersion version) {
    return version == TlsVersion.TLS_1_3 ? Resumption.ENFORCED : Resumption.OPTIONAL;
  }

  private static Arguments client(
      String name,
      Start start,
      TlsVersion version,
      Resumption resumption,
      Function<FtpTarget, ClientPeer> client) {
    return Arguments.of(name, start, version, resumption, client);
  }

  private TestServer server(Start start, Set<TlsVersion> versions, Resumption resumption) {
    TlsServerOptions options = TlsServerOptions.of(CERTIFICATES.local()).withVersions(versions);
    FtpServerTls tls =
        (start == Start.IMPLICIT ? FtpServerTls.implicit(options) : FtpServerTls.explicit(options))
            .withRequired(FtpServerTls.Required.LOGIN_AND_DATA)
            .withResumption(resumption);
    return new TestServer(root, server -> server.tls(tls).observer(events::add));
  }

  private FtpTarget target(TestServer server, Start start) {
    return FtpTarget.of(
            "127.0.0.1", server.address().getPort(), TestServer.USER, TestServer.PASSWORD)
        .secured(new FtpTarget.Security(authority, start == Start.IMPLICIT));
  }

  private static FTPSClient commonsNet(TestServer server, Start start) throws IOException {
    FTPSClient client = new FTPSClient(start == Start.IMPLICIT);
    client.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
    client.connect(server.address().getAddress(), server.address().getPort());
    assertThat(client.login(TestServer.USER, TestServer.PASSWORD)).isTrue();
    client.execPBSZ(0);
    client.execPROT("P");
    client.enterLocalPassiveMode();
    assertThat(client.setFileType(FTP.BINARY_FILE_TYPE)).isTrue();
    return client;
  }

  private void assertEverythingWasSecured(TlsVersion version) {
    List<SessionEvent.Secured> secured =
        events.stream()
            .filter(SessionEvent.Secured.class::isInstance)
            .map(SessionEvent.Secured.class::cast)
            .toList();
    assertThat(secured)
        .hasSizeGreaterThan(6)
        .allSatisfy(event -> assertThat(event.protocol()).isEqualTo(version.label()));
  }
}
