package dev.sluice.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.OwnThread;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class RelayTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int MEBI = 1 << 20;

  @Test
  void anAnswerTakesTheWayThereAndBack() throws IOException {
    try (ServerSocket server = listening();
        Relay relay = Relay.open(server.getLocalPort(), server.getLocalPort())) {
      relay.takes(80);
      CompletableFuture<Void> echo = beside(() -> echo(server));
      try (Socket client = connected(server)) {
        long begun = System.nanoTime();
        client.getOutputStream().write(7);
        assertThat(client.getInputStream().read()).isEqualTo(7);

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(80_000_000);
      }
      echo.join();
    }
  }

  @Test
  void noOctetIsLostAndNoMoreThanAGigabitPassesInASecond() throws IOException {
    try (ServerSocket server = listening();
        Relay relay = Relay.open(server.getLocalPort(), server.getLocalPort())) {
      relay.takes(20);
      CompletableFuture<Void> echo = beside(() -> echo(server));
      try (Socket client = connected(server)) {
        byte[] sent = new byte[8 * MEBI];
        new Random(1).nextBytes(sent);
        long begun = System.nanoTime();
        CompletableFuture<Void> sending = beside(() -> send(client, sent));
        byte[] received = client.getInputStream().readAllBytes();
        sending.join();

        assertThat(received).isEqualTo(sent);
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(8L * MEBI * 8);
      }
      echo.join();
    }
  }

  @Test
  void aServerThatIsSlowGetsAllFromAClientThatHasClosed() throws IOException {
    try (ServerSocket server = listening();
        Relay relay = Relay.open(server.getLocalPort(), server.getLocalPort())) {
      relay.takes(2);
      server.setReceiveBufferSize(16 * 1024);
      byte[] sent = new byte[4 * MEBI];
      new Random(2).nextBytes(sent);
      CompletableFuture<Void> sending =
          beside(
              () -> {
                try (Socket client = connected(server)) {
                  client.getOutputStream().write(sent);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      try (Socket slow = server.accept()) {
        slow.setSoTimeout(PATIENCE_MILLIS);
        sending.join();

        assertThat(slow.getInputStream().readAllBytes()).isEqualTo(sent);
      }
    }
  }

  /** In a thread of its own: the common pool may have only one, which the other end waits in. */
  private static CompletableFuture<Void> beside(Runnable task) {
    return CompletableFuture.runAsync(task, new OwnThread("relay-test"));
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static Socket connected(ServerSocket server) throws IOException {
    Socket client = new Socket(InetAddress.getByName(Relay.HOST), server.getLocalPort());
    client.setSoTimeout(PATIENCE_MILLIS);
    client.setTcpNoDelay(true);
    return client;
  }

  /** Sends all and then says that no more comes. */
  private static void send(Socket client, byte[] content) {
    try {
      client.getOutputStream().write(content);
      client.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of one connection, to its end. */
  private static void echo(ServerSocket server) {
    try (Socket socket = server.accept();
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
