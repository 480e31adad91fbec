package dev.sluice.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.BoundServer;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.server.config.ProxyProtocolConfig;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.test.HeardEvents;
import dev.sluice.transport.Network;
import dev.sluice.transport.door.StaticUsers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A balancer announces who its client is, and nobody else may. */
final class BalancerHeaderTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String V1 = "PROXY TCP4 203.0.113.7 192.0.2.1 4711 21\r\n";

  private final HeardEvents heard = new HeardEvents();
  private BoundServer server;

  @AfterEach
  void stop() {
    server.disposeNow();
  }

  @Test
  void theClientOfAHeaderInTextIsTheClientOfTheSession() throws IOException {
    start("127.0.0.1", "1m");

    assertThat(greeted(V1.getBytes(StandardCharsets.US_ASCII))).startsWith("220 ");
    assertThat(client()).isEqualTo(new InetSocketAddress("203.0.113.7", 4711));
  }

  @Test
  void theClientOfABinaryHeaderIsTheClientOfTheSession() throws IOException {
    start("127.0.0.1", "1m");

    assertThat(greeted(binary(0x21))).startsWith("220 ");
    assertThat(client()).isEqualTo(new InetSocketAddress("203.0.113.7", 4711));
  }

  @Test
  void aBalancerThatLooksWhetherTheServerLivesIsItself() throws IOException {
    start("127.0.0.1", "1m");

    assertThat(greeted(binary(0x20))).startsWith("220 ");
    assertThat(client().getAddress().isLoopbackAddress()).isTrue();
  }

  @Test
  void aHeaderThatArrivesInPiecesIsOneHeader() throws IOException {
    start("127.0.0.1", "1m");
    try (Socket socket = connect()) {
      for (byte octet : V1.getBytes(StandardCharsets.US_ASCII)) {
        socket.getOutputStream().write(octet);
        socket.getOutputStream().flush();
      }
      assertThat(line(socket.getInputStream())).startsWith("220 ");
    }
    assertThat(client().getPort()).isEqualTo(4711);
  }

  @ParameterizedTest
  @ValueSource(strings = {"USER anonymous\r\n", "PROXY NONSENSE\r\n", "GET / HTTP/1.1\r\n\r\n"})
  void whatIsNoHeaderEndsTheConnectionUnseen(String first) throws IOException {
    start("127.0.0.1", "1m");

    assertThat(greeted(first.getBytes(StandardCharsets.US_ASCII))).isEmpty();
    assertThat(heard.all()).isEmpty();
  }

  @Test
  void aHeaderThatDoesNotComeIsNotWaitedForLonger() throws IOException {
    start("127.0.0.1", "100ms");

    assertThat(greeted(new byte[0])).isEmpty();
    assertThat(heard.all()).isEmpty();
  }

  @Test
  void whoIsNoBalancerIsGreetedAtOnceAndCannotAnnounceAnybody() throws IOException {
    start("192.0.2.0/24", "1m");

    try (Socket socket = connect()) {
      assertThat(line(socket.getInputStream())).startsWith("220 ");
      socket.getOutputStream().write(V1.getBytes(StandardCharsets.US_ASCII));
      assertThat(line(socket.getInputStream())).startsWith("5");
    }
    assertThat(client().getAddress().isLoopbackAddress()).isTrue();
  }

  private void start(String balancers, String timeout) {
    Duration wait = timeout.endsWith("ms") ? Duration.ofMillis(100) : PATIENCE;
    ProxyProtocolConfig from = new ProxyProtocolConfig(List.of(Network.parse(balancers)), wait);
    server =
        FtpServer.create()
            .host("127.0.0.1")
            .port(0)
            .storage(MemoryStorage.create())
            .users(StaticUsers.of("ann", "secret"))
            .transport(transport -> BalancerHeader.expected(transport, from))
            .observer(heard)
            .bind()
            .block(PATIENCE);
  }

  private InetSocketAddress client() {
    return heard.all().get(0).session().peer();
  }

  private String greeted(byte[] header) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(header);
      return line(socket.getInputStream());
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    return socket;
  }

  /** Empty = the connection has ended. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    try {
      for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
        line.append((char) octet);
      }
    } catch (SocketException reset) {
      return "";
    }
    return line.toString();
  }

  /** Version 2, TCP over IPv4. */
  private static byte[] binary(int versionAndCommand) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10});
    out.write(versionAndCommand);
    out.write(0x11);
    out.write(new byte[] {0, 12, (byte) 203, 0, 113, 7, (byte) 192, 0, 2, 1});
    out.write(new byte[] {4711 >> 8, (byte) (4711 & 0xff), 0, 21});
    return out.toByteArray();
  }
}
