package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshServerTimeouts;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.message.KexInit;
import dev.sluice.ssh.packet.PacketWriter;
import dev.sluice.ssh.server.SshServer;
import dev.sluice.ssh.server.TestServer;
import dev.sluice.test.Conforms;
import dev.sluice.transport.door.SessionLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that begin a key exchange and never go on with it. */
final class UnfinishedExchangesIT {
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final int CLIENTS = 200;

  @Test
  @Conforms({"SSH-121", "SSH-147", "SSH-157"})
  void cve20246387TheyHoldUpNobodyAndAreClosedInTime() throws IOException {
    List<Socket> unfinished = new ArrayList<>();
    try (TestServer server = TestServer.start(UnfinishedExchangesIT::patient)) {
      for (int i = 0; i < CLIENTS; i++) {
        unfinished.add(begun(server.port()));
      }

      SshSession session =
          SshClient.create("127.0.0.1")
              .port(server.port())
              .user(TestServer.USER)
              .credential(Credential.password(TestServer.PASSWORD))
              .hostKeys(HostKeyPolicy.pinned(server.fingerprint()))
              .connect()
              .block(WAIT);
      Echo.moves(16, session.exec("cat").block(WAIT));

      for (Socket socket : unfinished) {
        socket.setSoTimeout(Math.toIntExact(WAIT.toMillis()));
        socket.getInputStream().readAllBytes(); // the server ends it
      }
      assertThat(server.running().sessions()).isEqualTo(1);
      session.close().block(WAIT);
    } finally {
      for (Socket socket : unfinished) {
        socket.close();
      }
    }
  }

  private static SshServer patient(SshServer server) {
    return server
        .sessions(usual -> new SessionLimits(1000, 1000, 500, 500))
        .timeouts(usual -> new SshServerTimeouts(PATIENCE, PATIENCE, PATIENCE));
  }

  /** A client whose KEXINIT has been read, or will be at once. */
  private static Socket begun(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write("SSH-2.0-Half\r\n".getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(kexInit());
    assertThat(socket.getInputStream().read()).isEqualTo('S');
    return socket;
  }

  private static byte[] kexInit() {
    KexInit.Direction lane =
        new KexInit.Direction(
            List.of("aes128-gcm@openssh.com"), List.of("hmac-sha2-256"), List.of("none"));
    KexInit message =
        new KexInit(
            new byte[16], List.of("curve25519-sha256"), List.of("ssh-ed25519"), lane, lane, false);
    try (PacketWriter writer = new PacketWriter(ByteBufAllocator.DEFAULT, new SecureRandom())) {
      writer.write(message);
      ByteBuf packet = writer.take();
      byte[] octets = ByteBufUtil.getBytes(packet);
      packet.release();
      return octets;
    }
  }
}
