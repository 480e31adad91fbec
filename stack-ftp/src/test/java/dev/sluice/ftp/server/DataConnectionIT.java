package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.ExternalAddress;
import dev.sluice.ftp.FtpServerData;
import dev.sluice.ftp.PortRange;
import dev.sluice.test.Conforms;
import dev.sluice.transport.Network;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports, addresses, and how data connections begin and end. */
final class DataConnectionIT {
  private static final byte[] CONTENT = new byte[300_000];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  @TempDir private Path root;
  private TestServer server;
  private FtpTalk talk;

  @BeforeEach
  void start() throws IOException {
    Files.write(root.resolve("file"), CONTENT);
    server = new TestServer(root);
    talk = server.login();
  }

  @AfterEach
  void stop() {
    talk.close();
    server.close();
  }

  @Test
  @Conforms({"FTP-079", "FTP-096", "FTP-092"})
  void extendedPassiveCarriesAFile() {
    assertThat(talk.download("RETR file")).isEqualTo(CONTENT);
  }

  @Test
  @Conforms({"FTP-075", "FTP-074"})
  void passiveAnnouncesTheAddressOfTheControlConnection() throws IOException {
    String reply = talk.expect(227, "PASV").first();
    assertThat(reply).matches("227 .*\\(127,0,0,1,\\d+,\\d+\\)");
    try (Socket data = talk.connectTo(portOf227(reply))) {
      assertThat(talk.say("RETR file").code()).isIn(125, 150);
      assertThat(data.getInputStream().readAllBytes()).isEqualTo(CONTENT);
    }
    talk.expect(226);
  }

  @Test
  @Conforms({"FTP-079", "FTP-080", "FTP-081", "FTP-082"})
  void malformedPortsAndProtocolsAreRefused() {
    talk.expect(229, "EPSV 1");
    assertThat(talk.expect(522, "EPSV 2").first()).contains("(1)");
    talk.expect(522, "EPSV 3");
    talk.expect(501, "EPSV x");
    for (String bad :
        List.of(
            "1,2,3",
            "127,0,0,1,0,0",
            "127,0,0,1,256,1",
            "a,b,c,d,e,f",
            "127,0,0,1,4,1,1",
            "-1,0,0,1,4,1")) {
      talk.expect(501, "PORT " + bad);
    }
    talk.expect(522, "EPRT |3|127.0.0.1|2000|");
    for (String bad :
        List.of(
            "|1|127.0.0.1|2000",
            "|1|127.0.0.1|0|",
            "|1|127.0.0.1|65536|",
            "|1|::1|2000|",
            "|2|127.0.0.1|2000|",
            "|2|fe80::1%eth0|2000|",
            "|1|name|2000|",
            "1")) {
      talk.expect(501, "EPRT " + bad);
    }
    talk.expect(200, "EPRT !1!127.0.0.1!2000!");
    talk.expect(200, "EPSV ALL");
    for (String barred : List.of("PASV", "PORT 127,0,0,1,8,8", "EPRT |1|127.0.0.1|2000|")) {
      talk.expect(501, barred);
    }
    talk.expect(229, "EPSV");
  }

  @Test
  @Conforms({"FTP-086"})
  void ftpBouncePortsOfOtherHostsAndPrivilegedPortsAreRefused() {
    talk.expect(504, "PORT 127,0,0,2,8,8");
    talk.expect(504, "EPRT |1|127.0.0.2|2000|");
    talk.expect(504, "EPRT |2|::1|2000|");
    talk.expect(504, "PORT 127,0,0,1,3,255");
    talk.expect(425, "RETR file");
  }

  @Test
  @Conforms({"FTP-088", "FTP-089"})
  void activeModeConnectsFromTheAddressOfTheControlConnection() throws IOException {
    talk.expect(425, "RETR file");
    try (ServerSocket listener = FtpTalk.listener()) {
      int port = listener.getLocalPort();
      talk.expect(200, "PORT 127,0,0,1," + (port >> 8) + "," + (port & 255));
      talk.expect(150, "RETR file");
      try (Socket data = listener.accept()) {
        assertThat(data.getInetAddress()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(data.getInputStream().readAllBytes()).isEqualTo(CONTENT);
      }
      talk.expect(226);
    }
  }

  @Test
  @Conforms({"FTP-098", "FTP-100"})
  void activePortThatRefusesIsAnswered425() throws IOException {
    int port;
    try (ServerSocket listener = FtpTalk.listener()) {
      port = listener.getLocalPort();
    }
    talk.expect(200, "EPRT |1|127.0.0.1|" + port + "|");
    talk.expect(150, "LIST");
    talk.expect(425);
    talk.expect(200, "NOOP");
  }

  @Test
  @Conforms("FTP-085")
  void passiveDataTheftFromAnotherAddressIsClosedAndTheClientStillServed() throws IOException {
    int port = talk.epsv();
    try (Socket thief = new Socket()) {
      thief.bind(new InetSocketAddress("127.0.0.9", 0));
      thief.connect(new InetSocketAddress("127.0.0.1", port));
      thief.setSoTimeout(10_000);
      assertThat(endOf(thief)).isTrue();
    }
    try (Socket data = talk.connectTo(port)) {
      assertThat(talk.say("RETR file").code()).isIn(125, 150);
      assertThat(data.getInputStream().readAllBytes()).isEqualTo(CONTENT);
    }
    talk.expect(226);
  }

  @Test
  @Conforms({"FTP-083", "FTP-084"})
  void passivePortsComeAtRandomFromTheRange() {
    try (TestServer ranged = new TestServer(root, passive(new PortRange(61000, 61099)));
        FtpTalk ours = ranged.login()) {
      List<Integer> ports = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        ports.add(ours.epsv());
      }
      assertThat(ports).allMatch(p -> p >= 61000 && p <= 61099);
      assertThat(Set.copyOf(ports).size()).isGreaterThan(10);
      assertThat(ports).isNotEqualTo(ports.stream().sorted().toList());
    }
  }

  @Test
  @Conforms("FTP-083")
  void exhaustedRangeIs425AndNeverAPortOutsideIt() {
    try (TestServer ranged = new TestServer(root, passive(new PortRange(61200, 61201)));
        FtpTalk one = ranged.login();
        FtpTalk two = ranged.login();
        FtpTalk three = ranged.login()) {
      Set<Integer> ports = new HashSet<>(List.of(one.epsv(), two.epsv()));
      assertThat(ports).containsExactlyInAnyOrder(61200, 61201);
      three.expect(425, "EPSV");
      one.expect(226, "ABOR");
      assertThat(three.epsv()).isBetween(61200, 61201);
    }
  }

  @Test
  void tenPortsServeAHundredClients() {
    try (TestServer ranged = new TestServer(root, passive(new PortRange(61300, 61309)))) {
      for (int i = 0; i < 100; i++) {
        try (FtpTalk client = ranged.login()) {
          assertThat(client.download("RETR file")).hasSize(CONTENT.length);
        }
      }
      assertThat(ranged.running().passivePorts()).isLessThanOrEqualTo(10);
    }
  }

  @Test
  @Conforms("FTP-083")
  void externalAddressIsAnnouncedOutsideTheLocalNetworksOnly() throws IOException {
    ExternalAddress nat = ExternalAddress.fixed(InetAddress.getByAddress(new byte[] {9, 8, 7, 6}));
    try (TestServer outside = new TestServer(root, external(nat));
        FtpTalk ours = outside.login()) {
      assertThat(ours.expect(227, "PASV").first()).contains("(9,8,7,6,");
    }
    ExternalAddress notHere = nat.exceptFor(List.of(Network.parse("127.0.0.0/8")));
    try (TestServer inside = new TestServer(root, external(notHere));
        FtpTalk ours = inside.login()) {
      assertThat(ours.expect(227, "PASV").first()).contains("(127,0,0,1,");
    }
  }

  @Test
  @Conforms({"FTP-093", "FTP-110"})
  void pathErrorsComeInsteadOfThePreliminaryReply() throws IOException {
    Files.createDirectory(root.resolve("dir"));
    for (String command :
        List.of(
            "RETR missing",
            "RETR dir",
            "STOR dir",
            "STOR no/parent",
            "APPE /",
            "LIST missing",
            "NLST missing",
            "MLSD missing")) {
      talk.epsv();
      talk.expect(550, command);
    }
    talk.epsv();
    talk.expect(501, "MLSD file");
  }

  @Test
  @Conforms("FTP-100")
  void clientThatNeverConnectsIsAnswered425() {
    try (TestServer hasty =
            new TestServer(
                root,
                s ->
                    s.timeouts(
                        t ->
                            t.withDataConnect(Duration.ofMillis(300))
                                .withDataStall(Duration.ofSeconds(10))));
        FtpTalk ours = hasty.login()) {
      ours.epsv();
      ours.expect(150, "RETR file");
      ours.expect(425);
      ours.expect(200, "NOOP");
    }
  }

  @Test
  @Conforms("FTP-100")
  void transferThatMovesNothingIsCutWith426AndLeavesNoFile() throws IOException {
    try (TestServer hasty =
            new TestServer(
                root,
                s ->
                    s.timeouts(
                        t ->
                            t.withDataConnect(Duration.ofSeconds(10))
                                .withDataStall(Duration.ofMillis(400))));
        FtpTalk ours = hasty.login();
        Socket data = ours.passive()) {
      assertThat(ours.say("STOR stalled").code()).isIn(125, 150);
      data.getOutputStream().write(CONTENT);
      ours.expect(426);
      assertThat(root.resolve("stalled")).doesNotExist();
      ours.expect(200, "NOOP");
    }
  }

  @Test
  @Conforms({"FTP-105", "FTP-017"})
  void abortCutsADownloadAndAnswersBoth() throws IOException {
    sparse("big", 1L << 30);
    try (Socket data = talk.passive()) {
      assertThat(talk.say("RETR big").code()).isIn(125, 150);
      readSome(data);
      talk.send("NOOP");
      talk.expect(200);
      talk.send("STAT");
      assertThat(talk.expect(211).lines().toString()).contains("octets moved");
      talk.send("PWD");
      talk.sendOctets((byte) 0xFF, (byte) 0xF4, (byte) 0xFF, (byte) 0xF2);
      talk.send("ABOR");
      talk.expect(426);
      talk.expect(226);
      talk.expect(257);
      assertThat(talk.download("RETR file")).isEqualTo(CONTENT);
    }
  }

  @Test
  @Conforms({"FTP-105", "FTP-111"})
  void abortedUploadLeavesTheOldFile() throws IOException {
    try (Socket data = talk.passive()) {
      assertThat(talk.say("STOR file").code()).isIn(125, 150);
      data.getOutputStream().write(new byte[1000]);
      talk.send("ABOR");
      talk.expect(426);
      talk.expect(226);
    }
    assertThat(root.resolve("file")).hasBinaryContent(CONTENT);
    assertThat(root.toFile().list()).containsExactly("file");
  }

  @Test
  @Conforms("FTP-106")
  void abortWithNothingRunningGivesUpThePort() {
    talk.epsv();
    talk.expect(226, "ABOR");
    talk.expect(425, "RETR file");
  }

  @Test
  @Conforms("FTP-028")
  void quitDuringATransferWaitsForItsEnd() throws IOException {
    try (Socket data = talk.passive()) {
      assertThat(talk.say("RETR file").code()).isIn(125, 150);
      talk.send("QUIT");
      assertThat(data.getInputStream().readAllBytes()).isEqualTo(CONTENT);
      talk.expect(226);
      talk.expect(221);
      assertThat(talk.isClosed()).isTrue();
    }
  }

  @Test
  @Conforms("FTP-095")
  void resetUploadIsBrokenAndLeavesTheOldFile() throws IOException {
    try (Socket data = talk.passive()) {
      assertThat(talk.say("STOR file").code()).isIn(125, 150);
      data.getOutputStream().write(new byte[200_000]);
      data.setSoLinger(true, 0);
    }
    talk.expect(426);
    assertThat(root.resolve("file")).hasBinaryContent(CONTENT);
    assertThat(root.toFile().list()).containsExactly("file");
  }

  @Test
  @Conforms("FTP-101")
  void clientThatClosesADownloadEndsItWith426() throws IOException {
    sparse("big", 1L << 32);
    try (Socket data = talk.passive()) {
      assertThat(talk.say("RETR big").code()).isIn(125, 150);
      readSome(data);
    }
    talk.expect(426);
    talk.expect(200, "NOOP");
  }

  @Test
  @Conforms("FTP-029")
  void lostControlConnectionEndsTheTransferAndTheSession() throws Exception {
    try (FtpTalk other = server.login();
        Socket data = other.passive()) {
      assertThat(other.say("STOR lost").code()).isIn(125, 150);
      data.getOutputStream().write(CONTENT);
      other.hangUp();
      assertThat(endOf(data)).isTrue();
    }
    assertThat(root.resolve("lost")).doesNotExist();
    talk.expect(221, "QUIT");
    assertThat(talk.isClosed()).isTrue();
    awaitNoSessions();
    for (int i = 0; i < 200 && root.toFile().list().length > 1; i++) {
      Thread.sleep(20); // nobody is told when the temporary file of a lost session is gone
    }
    assertThat(root.toFile().list()).containsExactly("file");
  }

  @Test
  @Conforms({"FTP-222", "FTP-027"})
  void drainLetsATransferFinishThenSays421() throws Exception {
    try (Socket data = talk.passive();
        FtpTalk idle = server.login()) {
      assertThat(talk.say("RETR file").code()).isIn(125, 150);
      server.running().drain(Duration.ofSeconds(10)).subscribe();
      assertThat(data.getInputStream().readAllBytes()).isEqualTo(CONTENT);
      talk.expect(226);
      talk.expect(421);
      assertThat(talk.isClosed()).isTrue();
      idle.expect(421);
      assertThat(idle.isClosed()).isTrue();
    }
    server.running().onDispose().block(Duration.ofSeconds(10));
  }

  @Test
  @Conforms("FTP-031")
  void idleSessionIsEndedButNotWhileATransferRuns() throws IOException {
    try (TestServer hasty =
            new TestServer(root, s -> s.timeouts(t -> t.withIdle(Duration.ofMillis(500))));
        FtpTalk ours = hasty.login();
        Socket data = ours.passive()) {
      assertThat(ours.say("STOR slow").code()).isIn(125, 150);
      for (int i = 0; i < 4; i++) {
        data.getOutputStream().write(i);
        assertThat(nothingHeardFor(data, 300)).isTrue();
      }
      data.shutdownOutput();
      ours.expect(226);
      ours.expect(421);
      assertThat(ours.isClosed()).isTrue();
    }
  }

  @Test
  void slowLoginsAreEndedByTheLoginDeadline() {
    try (TestServer hasty =
            new TestServer(root, s -> s.timeouts(t -> t.withLogin(Duration.ofMillis(400))));
        FtpTalk ours = hasty.connect()) {
      ours.expect(331, "USER ann");
      ours.expect(421);
      assertThat(ours.isClosed()).isTrue();
    }
  }

  @Test
  void alpacaHttpRequestEndsTheSessionAtItsFirstLine() {
    try (FtpTalk ours = server.connect()) {
      ours.send("POST / HTTP/1.1\r\nHost: x\r\n\r\nUSER ann\r\n");
      ours.expect(421);
      assertThat(ours.isClosed()).isTrue();
    }
  }

  private void awaitNoSessions() throws InterruptedException {
    for (int i = 0; i < 200 && server.running().sessions() > 0; i++) {
      Thread.sleep(20);
    }
    assertThat(server.running().sessions()).isZero();
  }

  private static boolean nothingHeardFor(Socket data, int millis) throws IOException {
    data.setSoTimeout(millis);
    try {
      return data.getInputStream().read() == Integer.MIN_VALUE;
    } catch (java.net.SocketTimeoutException quiet) {
      return true;
    }
  }

  private void sparse(String name, long size) throws IOException {
    try (java.io.RandomAccessFile file =
        new java.io.RandomAccessFile(root.resolve(name).toFile(), "rw")) {
      file.setLength(size);
    }
  }

  private static void readSome(Socket data) throws IOException {
    assertThat(data.getInputStream().readNBytes(100_000)).hasSize(100_000);
  }

  /** Whether the other side ends the connection, in order or not. */
  private static boolean endOf(Socket socket) {
    try (InputStream in = socket.getInputStream()) {
      return in.read() < 0;
    } catch (IOException reset) {
      return !(reset instanceof java.net.SocketTimeoutException);
    }
  }

  private static int portOf227(String reply) {
    String[] numbers = reply.replaceAll(".*\\(|\\).*", "").split(",");
    return Integer.parseInt(numbers[4]) * 256 + Integer.parseInt(numbers[5]);
  }

  private static UnaryOperator<dev.sluice.ftp.server.FtpServer> passive(PortRange range) {
    return data(d -> d.withPassivePorts(range));
  }

  private static UnaryOperator<dev.sluice.ftp.server.FtpServer> external(ExternalAddress address) {
    return data(d -> d.withExternalAddress(address));
  }

  private static UnaryOperator<dev.sluice.ftp.server.FtpServer> data(
      UnaryOperator<FtpServerData> change) {
    return server -> server.data(change);
  }
}
