package dev.sluice.ssh.client;

import dev.sluice.api.SessionClosed;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.test.OwnThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

final class ResetLoginTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void aConnectionThatIsResetBeforeTheLoginCanBeTriedAgain() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      new OwnThread("reset").execute(() -> reset(listener));
      SshClient client =
          SshClient.create("127.0.0.1")
              .port(listener.getLocalPort())
              .user("ann")
              .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone());
      StepVerifier.create(client.connect())
          .expectErrorMatches(
              failure -> failure instanceof SessionClosed closed && closed.isTransient())
          .verify(PATIENCE);
    }
  }

  /** Greets, waits until the client has sent something, and resets the connection. */
  private static void reset(ServerSocket listener) {
    try (Socket socket = listener.accept()) {
      socket.getOutputStream().write("SSH-2.0-short\r\n".getBytes(StandardCharsets.US_ASCII));
      if (socket.getInputStream().read() >= 0) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
