package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ConnectFailed;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.server.TestServer;
import dev.sluice.test.SmallProxy;
import dev.sluice.transport.Proxy;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client of SSH behind a proxy. */
final class ProxyIT {
  private static final Duration WAIT = Duration.ofSeconds(30);

  @ParameterizedTest
  @EnumSource(names = {"SOCKS5", "HTTP"})
  void theConnectionGoesThroughTheProxyWhichResolvesTheName(Proxy.Kind kind) throws IOException {
    try (TestServer server = TestServer.start();
        SmallProxy proxy = new SmallProxy()) {
      SshSession session =
          client(server)
              .transport(t -> t.proxy(new Proxy(kind, "127.0.0.1", proxy.port(), null, null)))
              .connect()
              .block(WAIT);
      Echo.moves(16, session.exec("cat").block(WAIT));
      session.close().block(WAIT);

      assertThat(proxy.targets()).containsExactly("localhost:" + server.port());
    }
  }

  @Test
  void aProxyThatIsNotThereIsAFailureToConnectThatNamesIt() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (TestServer server = TestServer.start()) {
      SshClient client = client(server).transport(t -> t.proxy(Proxy.socks5("127.0.0.1", port)));

      assertThatThrownBy(() -> client.connect().block(WAIT)).isInstanceOf(ConnectFailed.class);
    }
  }

  private static SshClient client(TestServer server) {
    return SshClient.create("localhost")
        .port(server.port())
        .user(TestServer.USER)
        .credential(Credential.password(TestServer.PASSWORD))
        .hostKeys(HostKeyPolicy.pinned(server.fingerprint()));
  }
}
