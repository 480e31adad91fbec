package dev.sluice.ftp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.login.Identity;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.FtpServerTls.Required;
import dev.sluice.ftp.FtpServerTls.Resumption;
import dev.sluice.ftp.server.FtpTalk;
import dev.sluice.ftp.server.TestServer;
import dev.sluice.test.Conforms;
import dev.sluice.tls.ClientCertificates;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.tls.test.TestCertificates.Wish;
import dev.sluice.transport.door.CertificateUsers;
import dev.sluice.transport.door.StaticUsers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says and does about TLS, and what it does not let happen. */
final class SecuredServerIT {
  private static final TestCertificates CERTIFICATES = SecuredPeers.CERTIFICATES;

  @TempDir private Path root;
  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"TLS", "tls", "TLS-C", "SSL"})
  @Conforms({"FTP-202", "TLS-063"})
  void authIsAnsweredInClearAndThenTheHandshakeComes(String mechanism) {
    try (TestServer server = explicit(tls -> tls);
        FtpTalk talk = server.connect()) {
      talk.expect(504, "AUTH KERBEROS_V4");
      talk.expect(234, "AUTH " + mechanism);
      talk.startTls(client()).expect(200, "NOOP");
    }
  }

  @Test
  @Conforms({"FTP-203", "FTP-220"})
  void otherMechanismsAndASecondAuthAreRefused() {
    try (TestServer server = explicit(tls -> tls);
        FtpTalk talk = server.connect()) {
      talk.expect(502, "ADAT x");
      talk.secured(client());
      talk.expect(503, "AUTH TLS");
      talk.expect(503, "ADAT x");
      for (String verb : List.of("MIC", "CONF", "ENC")) {
        talk.expect(537, verb + " x");
      }
      assertThat(talk.expect(211, "FEAT").lines()).contains(" AUTH TLS", " PBSZ", " PROT");
    }
  }

  @Test
  @Conforms("FTP-204")
  void whoeverWasLoggedInInClearIsNotAnyMoreBehindAuth() {
    try (TestServer server = explicit(tls -> tls);
        FtpTalk talk = server.login()) {
      talk.expect(257, "MKD sub");
      talk.expect(250, "CWD sub");
      talk.expect(234, "AUTH TLS");
      talk.startTls(client());
      talk.expect(530, "PWD");
      talk.login(TestServer.USER, TestServer.PASSWORD);
      assertThat(talk.expect(257, "PWD").first()).contains("\"/\"");
    }
  }

  @Test
  @Conforms({"FTP-205", "TLS-062"})
  void cve20110411CommandsBehindAuthAreNeverCarriedOut() {
    try (TestServer server = explicit(tls -> tls);
        FtpTalk talk = server.connect()) {
      talk.send("AUTH TLS\r\nUSER ann\r\nPASS secret\r\nMKD injected");
      assertThat(talk.hear().code()).isIn(0, 234);
      assertThat(talk.isClosed()).isTrue();
      assertThat(root.resolve("injected")).doesNotExist();
      assertThat(events).noneMatch(SessionEvent.LoggedIn.class::isInstance);
    }
  }

  @Test
  @Conforms({"FTP-205", "TLS-062", "TLS-065"})
  void clearCommandsWhereAHandshakeMustComeEndTheSessionWithoutAClearReply() {
    try (TestServer server = explicit(tls -> tls);
        FtpTalk talk = server.connect()) {
      talk.expect(234, "AUTH TLS");
      talk.send("USER ann");
      assertThat(everythingFrom(talk.socket())).doesNotContain("331").doesNotContain("530");
    }
  }

  @Test
  @Conforms({"TLS-003", "TLS-065"})
  void clearCommandsOnTheImplicitPortAreNeverAnsweredInClear() throws IOException {
    try (TestServer server = implicit(tls -> tls);
        Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("USER ann\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(everythingFrom(socket)).doesNotContain("220").doesNotContain("331");
    }
  }

  @Test
  @Conforms({"FTP-207", "FTP-208", "FTP-209"})
  void bufferSizeAndProtectionLevelAreNegotiatedInOrder() {
    try (TestServer server = explicit(tls -> tls);
        FtpTalk talk = server.connect()) {
      talk.expect(503, "PBSZ 0");
      talk.expect(503, "PROT P");
      talk.expect(234, "AUTH TLS");
      talk.startTls(client());
      talk.expect(503, "PROT P");
      assertThat(talk.expect(200, "PBSZ 4294967295").first()).contains("PBSZ=0");
      talk.expect(501, "PBSZ 4294967296");
      talk.expect(501, "PBSZ x");
      talk.expect(536, "PROT S");
      talk.expect(536, "PROT E");
      talk.expect(504, "PROT X");
      talk.expect(200, "PROT C");
      talk.login(TestServer.USER, TestServer.PASSWORD);
      assertThat(talk.upload("STOR f", new byte[100]).code()).isEqualTo(226);
      talk.expect(200, "PROT P");
      assertThat(talk.upload("STOR g", new byte[100]).code()).isEqualTo(522);
    }
  }

  @Test
  @Conforms("FTP-211")
  void nobodyLogsInInClearWhereTlsIsRequired() {
    try (TestServer server = explicit(tls -> tls.withRequired(Required.LOGIN));
        FtpTalk talk = server.connect()) {
      for (String refused : List.of("USER ann", "USER nobody", "PASS secret", "PWD", "MLSD")) {
        talk.expect(530, refused);
      }
      for (String allowed : List.of("NOOP", "OPTS UTF8 ON")) {
        talk.expect(200, allowed);
      }
      talk.expect(211, "FEAT");
      talk.expect(215, "SYST");
      talk.secured(client()).login(TestServer.USER, TestServer.PASSWORD);
      talk.expect(200, "PROT C");
      assertThat(talk.upload("STOR f", new byte[100]).code()).isEqualTo(226);
    }
  }

  @Test
  @Conforms({"FTP-208", "FTP-212"})
  void noDataMoveInClearWhereThatIsRequired() throws IOException {
    try (TestServer server = explicit(tls -> tls.withRequired(Required.LOGIN_AND_DATA));
        FtpTalk talk = server.connect()) {
      talk.expect(234, "AUTH TLS");
      talk.startTls(client()).login(TestServer.USER, TestServer.PASSWORD);
      try (Socket data = talk.passive()) {
        talk.expect(521, "STOR f");
        assertThat(data.isConnected()).isTrue();
      }
      talk.expect(200, "PBSZ 0");
      talk.expect(534, "PROT C");
      assertThat(root.resolve("f")).doesNotExist();
    }
  }

  @Test
  @Conforms({"FTP-213", "FTP-215", "TLS-056", "TLS-057", "TLS-058"})
  void aDataPortIsOfNoUseToASessionOfAnotherUser() throws IOException {
    try (TestServer server = explicit(tls -> tls);
        FtpTalk victim = server.connect();
        FtpTalk thief = server.connect()) {
      SSLContext stolen = client();
      SSLContext own = client();
      thief.secured(stolen).login("bob", TestServer.PASSWORD);
      victim.secured(own).login(TestServer.USER, TestServer.PASSWORD);
      for (SSLContext other : List.of(stolen, client())) {
        victim.send("EPSV");
        int port = portOf(victim);
        victim.send("STOR f");
        victim.expect(150);
        SSLSocket data = victim.secure(other, victim.connectTo(port));
        assertThatThrownBy(
                () -> {
                  data.startHandshake();
                  data.getOutputStream().write(new byte[10]);
                  assertThat(data.getInputStream().read()).isNotNegative();
                })
            .isInstanceOfAny(IOException.class, AssertionError.class);
        assertThat(victim.expect(522).first()).contains("resume");
      }
      assertThat(root).isEmptyDirectory();
      assertThat(store(victim, own, "f", new byte[10]).code()).isEqualTo(226);
    }
  }

  @Test
  void aDataConnectionThatIsCutInItsHandshakeMayBeTriedAgain() throws IOException {
    try (TestServer server = explicit(tls -> tls);
        FtpTalk talk = server.connect()) {
      SSLContext own = client();
      talk.secured(own).login(TestServer.USER, TestServer.PASSWORD);
      Socket data = talk.passive();
      talk.send("STOR f");
      assertThat(talk.hear().code()).isIn(125, 150);
      data.getOutputStream().write(new byte[] {22, 3, 1});
      data.close();

      talk.expect(426);
      assertThat(store(talk, own, "f", new byte[10]).code()).isEqualTo(226);
    }
  }

  @Test
  void aClientWithOneCacheForAllItsLoginsMayResumeAnyOfThem() throws IOException {
    try (TestServer server = explicit(tls -> tls);
        FtpTalk first = server.connect();
        FtpTalk second = server.connect()) {
      SSLContext earlier = client();
      SSLContext own = client();
      first.secured(earlier).login(TestServer.USER, TestServer.PASSWORD);
      second.secured(own).login(TestServer.USER, TestServer.PASSWORD);

      assertThat(store(second, earlier, "f", new byte[10]).code()).isEqualTo(226);
      assertThat(store(second, own, "g", new byte[10]).code()).isEqualTo(226);
      assertThat(store(second, client(), "h", new byte[10]).code()).isEqualTo(522);
    }
  }

  @Test
  @Conforms({"FTP-221", "TLS-034", "TLS-035"})
  void anUploadThatEndsWithoutCloseNotifyLeavesNothingUnderItsName() throws Exception {
    try (TestServer server = explicit(tls -> tls);
        FtpTalk talk = server.connect()) {
      SSLContext context = client();
      talk.secured(context).login(TestServer.USER, TestServer.PASSWORD);
      Socket raw = talk.passive();
      talk.send("STOR f");
      assertThat(talk.hear().code()).isIn(125, 150);
      SSLSocket data = talk.secure(context, raw);
      data.getOutputStream().write(new byte[100_000]);
      raw.shutdownOutput();
      talk.expect(426);
      raw.close();
      assertThat(root.resolve("f")).doesNotExist();
      talk.expect(550, "SIZE f");
    }
  }

  /** The Telnet codes are octets of the TLS stream like all others: none can be urgent. */
  @Test
  @Conforms("FTP-012")
  void abortAndItsTelnetCodesAreFoundInsideTlsWhileATransferRuns() throws Exception {
    try (RandomAccessFile big = new RandomAccessFile(root.resolve("big").toFile(), "rw")) {
      big.setLength(1L << 30);
    }
    try (TestServer server = explicit(tls -> tls.withResumption(Resumption.OPTIONAL));
        FtpTalk talk = server.connect()) {
      SSLContext context = client();
      talk.secured(context).login(TestServer.USER, TestServer.PASSWORD);
      try (Socket raw = talk.passive()) {
        talk.send("RETR big");
        assertThat(talk.hear().code()).isIn(125, 150);
        SSLSocket data = talk.secure(context, raw);
        assertThat(data.getInputStream().readNBytes(1000)).hasSize(1000);
        talk.send("STAT");
        talk.expect(211);
        talk.sendOctets((byte) 0xFF, (byte) 0xF4, (byte) 0xFF, (byte) 0xF2);
        talk.send("ABOR");
        talk.expect(426);
        talk.expect(226);
      }
    }
  }

  @Test
  @Conforms("FTP-219")
  void reinIsAnsweredInsideTlsAndGoesBackToClear() throws IOException {
    try (TestServer server = explicit(tls -> tls);
        FtpTalk talk = server.connect()) {
      talk.secured(client()).login(TestServer.USER, TestServer.PASSWORD);
      talk.expect(220, "REIN");
      assertThat(talk.isClosed()).as("close_notify").isTrue();
      talk.endTls();
      talk.expect(200, "NOOP");
      talk.expect(503, "PBSZ 0");
      talk.secured(client()).login(TestServer.USER, TestServer.PASSWORD);
    }
  }

  @Test
  @Conforms({"FTP-218", "TLS-066", "TLS-067"})
  void cccGoesBackToClearOnceItIsAllowedAndSomebodyIsLoggedIn() throws IOException {
    try (TestServer server = explicit(tls -> tls.withClearingAllowed(true));
        FtpTalk talk = server.connect()) {
      talk.expect(533, "CCC");
      SSLContext context = client();
      talk.secured(context);
      talk.expect(530, "CCC");
      talk.login(TestServer.USER, TestServer.PASSWORD);
      talk.expect(200, "CCC");
      assertThat(talk.isClosed()).as("close_notify").isTrue();
      talk.endTls();
      talk.expect(200, "NOOP");
      talk.expect(503, "PBSZ 0");
      talk.expect(503, "PROT C");
      talk.expect(534, "AUTH TLS");
      assertThat(store(talk, context, "f", new byte[1000]).code()).isEqualTo(226);
    }
  }

  @Test
  @Conforms("FTP-218")
  void cccIsRefusedUnlessItIsAllowed() {
    try (TestServer server = explicit(tls -> tls);
        FtpTalk talk = server.connect()) {
      talk.secured(client()).login(TestServer.USER, TestServer.PASSWORD);
      talk.expect(534, "CCC");
      talk.expect(200, "NOOP");
    }
  }

  @Test
  @Conforms({"FTP-217", "TLS-072", "TLS-073"})
  void aCertificateLogsItsUserInAndNobodyElse() {
    try (TestServer server = certified(ClientCertificates.Demand.WANT)) {
      SSLContext anns = CERTIFICATES.context(Wish.named("ann.example").withCommonName("ann"));
      SSLContext other = CERTIFICATES.context(Wish.named("x.example").withCommonName("nobody"));
      try (FtpTalk talk = server.connect().secured(anns)) {
        talk.expect(232, "USER ann");
        talk.expect(257, "PWD");
        talk.expect(530, "USER bob");
      }
      try (FtpTalk talk = server.connect().secured(other)) {
        talk.expect(331, "USER ann");
        talk.expect(230, "PASS secret");
      }
      try (FtpTalk talk = server.connect().secured(client())) {
        talk.expect(331, "USER ann");
        talk.expect(530, "PASS wrong");
      }
    }
  }

  @Test
  @Conforms("TLS-072")
  void aServerThatNeedsCertificatesLetsNobodyConnectWithout() {
    try (TestServer server = certified(ClientCertificates.Demand.NEED);
        FtpTalk talk = server.connect()) {
      talk.expect(234, "AUTH TLS");
      talk.startTls(client());
      assertThatThrownBy(() -> assertThat(talk.say("NOOP").code()).isEqualTo(200))
          .isInstanceOfAny(java.io.UncheckedIOException.class, AssertionError.class);
    }
  }

  @Test
  @Conforms({"FTP-216", "TLS-061"})
  void cve202523419DataConnectionsShowTheCertificateOfTheControlConnection() throws IOException {
    try (TestServer server = certified(ClientCertificates.Demand.WANT)) {
      SSLContext anns = CERTIFICATES.context(Wish.named("ann.example").withCommonName("ann"));
      SSLContext other = CERTIFICATES.context(Wish.named("x.example").withCommonName("ann"));
      try (FtpTalk talk = server.connect().secured(anns)) {
        talk.expect(232, "USER ann");
        assertThat(store(talk, other, "f", new byte[10]).code()).isEqualTo(522);
        assertThat(store(talk, client(), "f", new byte[10]).code()).isEqualTo(522);
        assertThat(root.resolve("f")).doesNotExist();
        assertThat(store(talk, anns, "f", new byte[10]).code()).isEqualTo(226);
      }
    }
  }

  @Test
  @Conforms("TLS-023")
  void alpacaCve20213618HttpOverTlsGetsNowhere() throws IOException {
    try (TestServer server = implicit(tls -> tls)) {
      try (SSLSocket socket = connect(server, "h2", "http/1.1")) {
        assertThatThrownBy(socket::startHandshake)
            .isInstanceOf(SSLHandshakeException.class)
            .hasMessageContaining("no_application_protocol");
      }
      try (SSLSocket socket = connect(server, "ftp")) {
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo("ftp");
      }
      try (SSLSocket socket = connect(server)) {
        socket
            .getOutputStream()
            .write(
                "POST / HTTP/1.1\r\nHost: localhost\r\nCookie: <script>\r\nAccept: */*\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        String said = everythingFrom(socket);
        assertThat(said).startsWith("220 ").doesNotContain("<script>");
      }
    }
  }

  @Test
  @Conforms("TLS-044")
  void aSecondHandshakeOnOneConnectionIsRefused() throws IOException {
    try (TestServer server = implicit(tls -> tls);
        SSLSocket socket = connect(server)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThat(socket.getInputStream().readNBytes(4)).asString().isEqualTo("220 ");
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                socket.getOutputStream().write("NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(everythingFrom(socket)).contains("200 OK");
              })
          .isInstanceOfAny(IOException.class, AssertionError.class);
    }
    assertThat(events)
        .filteredOn(SessionEvent.Closed.class::isInstance)
        .singleElement()
        .asString()
        .contains("renegotiation is refused");
  }

  @Test
  @Conforms("TLS-022")
  void aDataConnectionForAnotherHostIsRefused() throws IOException {
    try (TestServer server = explicit(tls -> tls.withResumption(Resumption.OPTIONAL));
        FtpTalk talk = server.connect()) {
      talk.secured(client()).login(TestServer.USER, TestServer.PASSWORD);
      Socket raw = talk.passive();
      talk.send("STOR f");
      assertThat(talk.hear().code()).isIn(125, 150);
      SSLSocket data = talk.secure(client(), raw);
      SSLParameters parameters = data.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName("other.example")));
      data.setSSLParameters(parameters);
      assertThatThrownBy(data::startHandshake).hasMessageContaining("unrecognized_name");
      talk.expect(522);
    }
  }

  private FtpTalk.Answer store(FtpTalk talk, SSLContext context, String name, byte[] octets)
      throws IOException {
    Socket raw = talk.passive();
    talk.send("STOR " + name);
    assertThat(talk.hear().code()).isIn(125, 150);
    try (SSLSocket data = talk.secure(context, raw)) {
      data.getOutputStream().write(octets);
    } catch (IOException refused) {
      raw.close();
    }
    return talk.hear();
  }

  private static int portOf(FtpTalk talk) {
    String reply = talk.expect(229).first();
    return Integer.parseInt(reply.replaceAll(".*\\|\\|\\|(\\d+)\\|.*", "$1"));
  }

  private static String everythingFrom(Socket socket) {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException cutOff) {
      return "";
    }
  }

  private static SSLSocket connect(TestServer server, String... protocols) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            client()
                .getSocketFactory()
                .createSocket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout(10_000);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static SSLContext client() {
    return CERTIFICATES.context(null);
  }

  private TestServer explicit(UnaryOperator<FtpServerTls> change) {
    return serve(change.apply(FtpServerTls.explicit(options())));
  }

  private TestServer implicit(UnaryOperator<FtpServerTls> change) {
    return serve(change.apply(FtpServerTls.implicit(options())));
  }

  private TestServer certified(ClientCertificates.Demand demand) {
    TlsServerOptions options =
        options().withClients(new ClientCertificates(demand, CERTIFICATES.verification()));
    CertificateUsers users =
        CertificateUsers.by(
            certificate -> {
              String name = certificate.getSubjectX500Principal().getName().substring(3);
              return name.equals("ann") ? Optional.of(Identity.of(name)) : Optional.empty();
            },
            StaticUsers.of(TestServer.USER, TestServer.PASSWORD));
    FtpServerTls tls = FtpServerTls.explicit(options).withResumption(Resumption.OPTIONAL);
    return new TestServer(root, server -> server.tls(tls).users(users).observer(events::add));
  }

  private static TlsServerOptions options() {
    return TlsServerOptions.of(CERTIFICATES.local());
  }

  private TestServer serve(FtpServerTls tls) {
    StaticUsers users =
        StaticUsers.of(TestServer.USER, TestServer.PASSWORD).with("bob", TestServer.PASSWORD);
    return new TestServer(root, server -> server.users(users).tls(tls).observer(events::add));
  }
}
