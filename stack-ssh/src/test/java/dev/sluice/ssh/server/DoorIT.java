package dev.sluice.ssh.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that take places at the expense of others. */
final class DoorIT {
  /** Far less than silent connections may wait for. */
  private static final int GREETED_WITHIN_MILLIS = 15_000;

  @Test
  void twoHundredSilentConnectionsOfOneAddressLeaveRoomForAnother() throws Exception {
    try (TestServer server = TestServer.start()) {
      List<Socket> silent = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        silent.add(from("127.0.0.2", server));
      }
      for (int i = 0; i < 20; i++) {
        try (Socket other = from("127.0.0.9", server)) {
          assertThat(other.getInputStream().readNBytes(4)).asString().isEqualTo("SSH-");
        }
      }
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  private static Socket from(String address, TestServer server) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(GREETED_WITHIN_MILLIS);
    socket.bind(new InetSocketAddress(address, 0));
    socket.connect(new InetSocketAddress("127.0.0.1", server.port()), GREETED_WITHIN_MILLIS);
    return socket;
  }
}
