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
import dev.sluice.transport.Proxy;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
      assertThat(proxy.targets).hasSize(3).contains("127.0.0.1:" + server.port());
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

  /** HTTP CONNECT and SOCKS5 without login, told apart by the first octet. */
  private static final class SmallProxy implements AutoCloseable {
    final List<String> targets = new CopyOnWriteArrayList<>();
    private final ServerSocket listener =
        new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    SmallProxy() throws IOException {
      threads.execute(this::accept);
    }

    int port() {
      return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      listener.close();
      threads.shutdownNow();
    }

    private void accept() {
      try {
        while (true) {
          Socket client = listener.accept();
          threads.execute(() -> relay(client));
        }
      } catch (IOException closed) {
        // the test is over
      }
    }

    private void relay(Socket client) {
      try (client) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        int first = in.readUnsignedByte();
        try (Socket server = first == 5 ? socks(in, client) : http(in, client)) {
          threads.execute(() -> pump(in, server));
          pump(server.getInputStream(), client);
        }
      } catch (IOException broken) {
        // the client notices
      }
    }

    private Socket socks(DataInputStream in, Socket client) throws IOException {
      in.readNBytes(in.readUnsignedByte());
      client.getOutputStream().write(new byte[] {5, 0});
      int kind = in.readInt() & 0xFF;
      String host =
          kind == 1
              ? InetAddress.getByAddress(in.readNBytes(4)).getHostAddress()
              : new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
      Socket server = open(host, in.readUnsignedShort());
      client.getOutputStream().write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
      return server;
    }

    private Socket http(DataInputStream in, Socket client) throws IOException {
      StringBuilder head = new StringBuilder("C");
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
      String[] target = head.toString().split(" ", 3)[1].split(":", 2);
      Socket server = open(target[0], Integer.parseInt(target[1]));
      client.getOutputStream().write("HTTP/1.1 200 ok\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return server;
    }

    private Socket open(String host, int port) throws IOException {
      targets.add(host + ":" + port);
      return new Socket(host, port);
    }

    private static void pump(InputStream from, Socket to) {
      try {
        from.transferTo(to.getOutputStream());
        to.shutdownOutput();
      } catch (IOException broken) {
        // the other side notices
      }
    }
  }
}
