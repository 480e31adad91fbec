package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.BoundServer;
import dev.sluice.cli.LiveServers.Ran;
import dev.sluice.ftp.ExternalAddress;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.FtpServerTls.Required;
import dev.sluice.ftp.FtpServerTls.Resumption;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.storage.decorate.ReadOnlyStorage;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.tls.test.TestCertificates.Wish;
import dev.sluice.transport.door.StaticUsers;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are set up wrong: {@code ping} names what is wrong with each. */
final class PingTest {
  @TempDir Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  private final Doors doors = new Doors();

  @AfterEach
  void close() throws Exception {
    doors.close();
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void aServerThatIsWellHasEachStepOk() {
    Ran ran = ping("ftp", ftp(server -> server));

    assertThat(ran.status()).isZero();
    assertThat(steps(ran, "ok"))
        .contains("DNS", "TCP", "greeting", "login", "round", "EPSV", "PASV", "ACTIVE")
        .contains("methods");
    assertThat(ran.out()).contains("a password (USER was answered 331", "the median of 9");
    assertThat(ran.out()).doesNotContain("FAILED", "pw");
  }

  @Test
  void aNameThatDoesNotExist() {
    Ran ran = run("ping", "ftp://ann:pw@none.invalid/");

    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out()).contains("FAILED  DNS", "check the spelling");
  }

  @Test
  void aPortWithNobodyBehindIt() throws IOException {
    ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    gone.close();

    Ran ran = ping("ftp", gone.getLocalPort());

    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out()).contains("FAILED  TCP", "nothing listens there");
  }

  @Test
  void anotherProtocol() throws IOException {
    assertThat(ping("ftp", doors.open("SSH-2.0-x\r\n", Map.of())).out())
        .contains("an SSH server answers", "use sftp://");
    assertThat(ping("sftp", ftp(server -> server)).out())
        .contains("an FTP server answers", "use ftp://");
    assertThat(ping("ftpes", doors.open("HTTP/1.1 400 x\r\n", Map.of())).out())
        .contains("a web server answers", "check the port");
  }

  @Test
  void aServerThatIsFull() throws IOException {
    Ran ran = ping("ftp", doors.open("421 Too many connections\r\n", Map.of()));

    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out()).contains("421 Too many connections", "the server is full");
  }

  @Test
  void aServerThatHasBannedUs() throws IOException {
    Ran ran = ping("ftp", doors.open(null, Map.of()));

    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out()).contains("hangs up without a word", "may be banned");
  }

  @Test
  void aServerThatSaysNothing() throws IOException {
    Ran ran = ping("ftp", doors.open("", Map.of()), "--timeout", "1");

    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out()).contains("says nothing", "--timeout");
  }

  @Test
  void aServerThatRefusesTls() {
    Ran ran = ping("ftpes", ftp(server -> server));

    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out()).contains("FAILED  TLS", "AUTH TLS was answered", "offers no TLS here");
  }

  @Test
  void aCertificateThatHasExpired() {
    KeyMaterial old = new TestCertificates().issue(Wish.named("127.0.0.1").expired());
    int port = ftp(server -> server.tls(FtpServerTls.explicit(TlsServerOptions.of(old))));

    Ran ran = ping("ftpes", port);

    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out())
        .contains("FAILED  certificate", "expired", "needs a new certificate")
        .containsPattern("fingerprint +SHA256 ([0-9A-F]{2}:){31}[0-9A-F]{2}");
  }

  @Test
  void aServerThatTakesNobodyWithoutTls() {
    KeyMaterial fresh = new TestCertificates().issue(Wish.named("127.0.0.1"));
    FtpServerTls only =
        FtpServerTls.explicit(TlsServerOptions.of(fresh)).withRequired(Required.LOGIN_AND_DATA);

    Ran ran = ping("ftp", ftp(server -> server.tls(only)));

    assertThat(ran.status()).isNotZero();
    assertThat(ran.out()).contains("FAILED  login", "use ftpes://");
  }

  @Test
  void aServerWithAnAddressThatOnlyItsOwnNetworkKnows() throws IOException {
    InetAddress inside = InetAddress.getByAddress(new byte[] {10, 1, 2, 3});
    int port =
        ftp(server -> server.data(data -> data.withExternalAddress(ExternalAddress.fixed(inside))));

    Ran ran = ping("ftp", port);

    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .contains("note    PASV", "10.1.2.3, a private address", "set the external address");
  }

  @Test
  void dataPortsThatAreBlocked() throws IOException {
    ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    gone.close();
    int blocked = gone.getLocalPort();
    String pasv = "227 Here (127,0,0,1," + blocked / 256 + "," + blocked % 256 + ")";
    int port =
        doors.open(
            "220 ready\r\n",
            Map.of(
                "USER", "331 go on",
                "PASS", "230 in",
                "PWD", "257 \"/\"",
                "EPSV", "229 Here (|||" + blocked + "|)",
                "PASV", pasv,
                "TYPE", "200 ok"));

    Ran ran = ping("ftp", port, "--timeout", "5");

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).contains("FAILED  EPSV", "FAILED  PASV", "FAILED  ACTIVE");
    assertThat(ran.out()).contains("range of passive ports", "usual behind a NAT");
  }

  @Test
  void aHostWithAnotherKey() throws IOException {
    try (LiveServers servers = new LiveServers(directory)) {
      Ran ran = run("ping", "--host-key", "SHA256:" + "A".repeat(43), servers.url("sftp", "/"));

      assertThat(ran.status()).isEqualTo(3);
      assertThat(ran.out())
          .contains("ok      host key", "FAILED  login", "--known-hosts")
          .contains("compare the fingerprint", "--host-key")
          .contains("ok      fingerprint   " + servers.hostKey());
    }
  }

  @Test
  void noAlgorithmInCommon() throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write("SSH-2.0-old\r\n".getBytes(StandardCharsets.US_ASCII));
    packet.write(kexInit("diffie-hellman-group1-sha1", "ssh-dss", "3des-cbc", "3des-cbc"));
    int port = doors.open(packet.toString(StandardCharsets.ISO_8859_1), Map.of());

    Ran ran = ping("sftp", port);

    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out())
        .contains(
            "FAILED  key exchange", "diffie-hellman-group1-sha1", "FAILED  cipher", "--legacy");
  }

  @Test
  void aWrongPassword() {
    int port = ftp(server -> server);

    Ran ran = run("ping", "ftp://ann:wrong@127.0.0.1:" + port);

    assertThat(ran.status()).isEqualTo(4);
    assertThat(ran.out()).contains("FAILED  login", "check the user name").doesNotContain("wrong");
  }

  @Test
  void whatAnSshServerShowsToAnybody() throws IOException {
    try (LiveServers servers = new LiveServers(directory)) {
      Ran ran = servers.run("ping", servers.url("sftp", "/"));

      assertThat(ran.status()).isZero();
      assertThat(ran.out())
          .contains("ok      fingerprint   " + servers.hostKey())
          .contains("ok      methods       publickey, password, keyboard-interactive")
          .contains("ok      round trip")
          .doesNotContain("pw");
    }
  }

  @Test
  void howFastAServerIs() throws IOException {
    try (LiveServers servers = new LiveServers(directory)) {
      for (String scheme : List.of("ftp", "sftp")) {
        Ran ran = servers.run("ping", "--speed", "300k", servers.url(scheme, "/"));

        assertThat(ran.status()).isZero();
        assertThat(ran.out())
            .containsPattern("ok      upload +[0-9.]+ .?B/s \\(307.2 kB in")
            .containsPattern("ok      download +[0-9.]+ .?B/s \\(307.2 kB in");
        assertThat(directory).isEmptyDirectory();
      }
    }
  }

  @Test
  void aUserWhoMayNotWriteCannotMeasureTheSpeed() {
    int port = ftp(server -> server.storage(ReadOnlyStorage.of(MemoryStorage.create())));

    Ran ran = ping("ftp", port, "--speed", "1k");

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).contains("ok      login", "FAILED  speed", "right to write");
  }

  @Test
  void aServerThatWantsEachDataConnectionToResumeTheSession() throws IOException {
    TestCertificates authority = new TestCertificates();
    TlsServerOptions shown = TlsServerOptions.of(authority.local());
    FtpServerTls strict = FtpServerTls.explicit(shown);
    Path ca = directory.resolve("ca.pem");
    Files.writeString(ca, TestCertificates.pem(authority.authority()));
    String[] trusting = {"--tls-ca", ca.toString()};

    Ran enforced = ping("ftpes", ftp(server -> server.tls(strict)), trusting);

    assertThat(enforced.status()).as(enforced.out()).isZero();
    assertThat(enforced.out())
        .contains("ok      EPSV", "note    TLS reuse", "required on data connections")
        .contains("clients must resume the TLS session");

    FtpServerTls lenient = strict.withResumption(Resumption.OPTIONAL);
    Ran optional = ping("ftpes", ftp(server -> server.tls(lenient)), trusting);

    assertThat(optional.out()).contains("ok      TLS reuse     not required");
  }

  @Test
  void aServerThatHasEnoughSessions() throws IOException {
    Ran starting = ping("sftp", doors.open("Exceeded MaxStartups\r\n", Map.of()));
    Ran banned = ping("sftp", doors.open("Not allowed at this time\r\n", Map.of()));
    String full = "530 Sorry, the maximum number of clients (3) from your host are connected";
    Ran many = ping("ftp", doors.open("220 hi\r\n", Map.of("USER", "331 go on", "PASS", full)));

    assertThat(starting.status()).isEqualTo(3);
    assertThat(starting.out()).contains("FAILED  greeting", "the server is full");
    assertThat(banned.out()).contains("FAILED  greeting", "has banned this address");
    assertThat(many.status()).isEqualTo(4);
    assertThat(many.out()).contains("FAILED  login", "the server is full", "-j");
  }

  @Test
  void aServerThatIsSlow() throws IOException {
    Map<String, String> replies =
        Map.of("USER", "331 go on", "PASS", "230 in", "PWD", "257 \"/\"", "NOOP", "~200 well");

    Ran ran = ping("ftp", doors.open("220 hi\r\n", replies));

    assertThat(ran.out()).contains("note    round trip", "many small files take long");
  }

  /** RFC 4253 section 6 and 7.1: length, padding length, message, padding. */
  private static byte[] kexInit(String... lists) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.write(4);
    out.write(20);
    out.write(new byte[16]);
    for (int i = 0; i < 10; i++) {
      byte[] list = (i < lists.length ? lists[i] : "none").getBytes(StandardCharsets.US_ASCII);
      out.writeInt(list.length);
      out.write(list);
    }
    out.write(new byte[5]);
    out.write(new byte[4]);
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    new DataOutputStream(packet).writeInt(body.size());
    body.writeTo(packet);
    return packet.toByteArray();
  }

  private static List<String> steps(Ran ran, String verdict) {
    return ran.out()
        .lines()
        .filter(line -> line.startsWith(verdict + " "))
        .map(line -> line.split(" +")[1])
        .toList();
  }

  private int ftp(UnaryOperator<FtpServer> change) {
    BoundServer server =
        change
            .apply(
                FtpServer.create()
                    .host("127.0.0.1")
                    .port(0)
                    .storage(MemoryStorage.create())
                    .users(StaticUsers.of("ann", "pw")))
            .bind()
            .block(LiveServers.PATIENCE);
    open.add(server::disposeNow);
    return server.address().getPort();
  }

  private static Ran ping(String scheme, int port, String... options) {
    List<String> words = new ArrayList<>(List.of("ping"));
    words.addAll(List.of(options));
    words.add(scheme + "://ann:pw@127.0.0.1:" + port);
    return run(words.toArray(String[]::new));
  }

  private static Ran run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(words);
    return new Ran(status, out.toString(), err.toString());
  }
}
