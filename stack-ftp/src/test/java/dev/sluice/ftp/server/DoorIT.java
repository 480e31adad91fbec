package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.FtpServerTls;
import dev.sluice.test.Conforms;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.transport.Network;
import dev.sluice.transport.door.LoginLimits;
import dev.sluice.transport.door.SessionLimits;
import dev.sluice.transport.door.StaticUsers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take places, or guess, at the expense of others. */
final class DoorIT {
  private static final TestCertificates CERTIFICATES = new TestCertificates();

  /** Far less than silent connections may wait for. */
  private static final int GREETED_WITHIN_MILLIS = 15_000;

  @TempDir private Path root;

  @Test
  void twoHundredSilentConnectionsOfOneAddressLeaveRoomForAnother() throws Exception {
    try (TestServer server = new TestServer(root, UnaryOperator.identity())) {
      List<Socket> silent = silent(server, 200);
      for (int i = 0; i < 20; i++) {
        try (Socket other = from("127.0.0.9", server)) {
          assertThat(other.getInputStream().readNBytes(4)).asString().isEqualTo("220 ");
        }
      }
      close(silent);
    }
  }

  @Test
  @Conforms("TLS-078")
  void handshakesThatNeverBeginLeaveRoomForThoseThatDo() throws Exception {
    FtpServerTls tls = FtpServerTls.implicit(TlsServerOptions.of(CERTIFICATES.local()));
    try (TestServer server = new TestServer(root, s -> s.tls(tls))) {
      List<Socket> silent = silent(server, 200);
      for (int i = 0; i < 20; i++) {
        try (Socket other = from("127.0.0.9", server);
            SSLSocket secured =
                (SSLSocket)
                    CERTIFICATES
                        .context(null)
                        .getSocketFactory()
                        .createSocket(other, "localhost", other.getPort(), false)) {
          assertThat(secured.getInputStream().readNBytes(4)).asString().isEqualTo("220 ");
        }
      }
      close(silent);
    }
  }

  @Test
  void whenAllPlacesAreTakenTheOldestSilentConnectionIsToldToMakeWay() throws Exception {
    SessionLimits few = new SessionLimits(100, 100, 2, 2);
    try (TestServer server = new TestServer(root, s -> s.sessions(usual -> few))) {
      try (Socket first = from("127.0.0.2", server);
          Socket second = from("127.0.0.2", server)) {
        assertThat(first.getInputStream().readNBytes(4)).asString().isEqualTo("220 ");
        assertThat(second.getInputStream().readNBytes(4)).asString().isEqualTo("220 ");
        try (Socket other = from("127.0.0.9", server)) {
          assertThat(other.getInputStream().readNBytes(4)).asString().isEqualTo("220 ");
        }
        assertThat(first.getInputStream().readAllBytes()).asString().contains("421 ");
        second.getOutputStream().write("NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(second.getInputStream().read()).isPositive();
      }
    }
  }

  @Test
  void aGuestWhoLogsInBetweenGuessesIsBannedAllTheSame() {
    UnaryOperator<FtpServer> strict = s -> login(s, 4, List.of()).users(users());
    try (TestServer server = new TestServer(root, strict)) {
      for (int i = 0; i < 4; i++) {
        try (FtpTalk guest = server.connect()) {
          guest.expect(331, "USER anonymous");
          guest.expect(230, "PASS me@example.org");
        }
        try (FtpTalk guess = server.connect()) {
          guess.expect(331, "USER ann");
          guess.expect(530, "PASS wrong" + i);
        }
      }
      try (FtpTalk next = server.connect()) {
        assertThat(next.greeting().code()).isEqualTo(421);
      }
    }
  }

  @Test
  void aSessionThatWasOpenBeforeTheBanGuessesNoMore() {
    UnaryOperator<FtpServer> strict = s -> login(s, 2, List.of()).users(users());
    try (TestServer server = new TestServer(root, strict);
        FtpTalk early = server.connect();
        FtpTalk guess = server.connect()) {
      for (int i = 0; i < 2; i++) {
        guess.expect(331, "USER ann");
        guess.expect(530, "PASS wrong" + i);
      }
      early.expect(331, "USER ann");
      early.expect(421, "PASS " + TestServer.PASSWORD);
      assertThat(early.isClosed()).isTrue();
    }
  }

  @Test
  void aNetworkThatIsNeverBannedIsNot() {
    List<Network> loopback = List.of(Network.parse("127.0.0.0/8"));
    UnaryOperator<FtpServer> safe = s -> login(s, 2, loopback).users(users());
    try (TestServer server = new TestServer(root, safe)) {
      for (int i = 0; i < 5; i++) {
        try (FtpTalk guess = server.connect()) {
          guess.expect(331, "USER bob");
          guess.expect(530, "PASS wrong" + i);
        }
      }
      try (FtpTalk next = server.connect()) {
        assertThat(next.greeting().code()).isEqualTo(220);
      }
    }
  }

  private static FtpServer login(FtpServer server, int banAfter, List<Network> neverBanned) {
    LoginLimits login =
        new LoginLimits(10, Duration.ZERO, banAfter, Duration.ofHours(1), neverBanned);
    return server.login(usual -> login);
  }

  private static StaticUsers users() {
    return StaticUsers.of(TestServer.USER, TestServer.PASSWORD).withGuests();
  }

  private static List<Socket> silent(TestServer server, int count) throws IOException {
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      silent.add(from("127.0.0.2", server));
    }
    return silent;
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static Socket from(String address, TestServer server) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(GREETED_WITHIN_MILLIS);
    socket.bind(new InetSocketAddress(address, 0));
    socket.connect(server.address(), GREETED_WITHIN_MILLIS);
    return socket;
  }
}
