package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static dev.sluice.ftp.client.RealServers.buffers;
import static dev.sluice.ftp.client.RealServers.collect;
import static dev.sluice.ftp.client.RealServers.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.ServerPeer;
import dev.sluice.test.SmallProxy;
import dev.sluice.transport.Proxy;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Control and data connections through a proxy that knows just enough. */
@DisplayName("The client behind a proxy")
final class ProxyIT {

  @ParameterizedTest
  @EnumSource(names = {"SOCKS5", "HTTP"})
  void controlAndDataGoThroughTheProxy(Proxy.Kind kind) throws IOException {
    try (ServerPeer server = RealServers.start("pyftpdlib", PeerOptions.DEFAULT);
        SmallProxy proxy = new SmallProxy()) {
      FtpSession session =
          RealServers.connect(
              RealServers.client(server)
                  .transport(t -> t.proxy(new Proxy(kind, "127.0.0.1", proxy.port(), null, null))));
      RemotePath file = RemotePath.of("/f");
      byte[] content = octets(500_000);
      session.write(file, WriteMode.replace(), buffers(content, 10_000)).block(PATIENCE);
      assertThat(collect(session.read(file, ByteRange.all()))).isEqualTo(content);
      session.close().block(PATIENCE);
      assertThat(proxy.targets()).hasSize(3).contains("127.0.0.1:" + server.port());
    }
  }

  @Test
  void aProxyThatIsNotThereIsAFailureToConnect() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (ServerPeer server = RealServers.start("pyftpdlib", PeerOptions.DEFAULT)) {
      assertThatThrownBy(
              () ->
                  RealServers.client(server)
                      .transport(t -> t.proxy(Proxy.socks5("127.0.0.1", port)))
                      .connect()
                      .block(PATIENCE))
          .isInstanceOf(ConnectFailed.class);
    }
  }
}
