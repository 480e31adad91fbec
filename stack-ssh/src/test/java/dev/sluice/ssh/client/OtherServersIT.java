package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.peer.OtherServer;
import dev.sluice.ssh.peer.PeerAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** The client against servers other than OpenSSH's. */
final class OtherServersIT {
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final int BLOCKS = 256;

  @Test
  void dropbearEchoes() {
    try (OtherServer server = OtherServer.dropbear()) {
      echoes(server.port());
    }
  }

  @Test
  void asyncsshEchoes() {
    try (OtherServer server = OtherServer.asyncssh()) {
      echoes(server.port());
    }
  }

  private static void echoes(int port) {
    SshSession session =
        SshClient.create("127.0.0.1")
            .port(port)
            .user(PeerAccount.NAME)
            .credential(Credential.password(PeerAccount.PASSWORD))
            .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone())
            .connect()
            .block(WAIT);
    SshChannel channel = session.exec("cat").block(WAIT);
    CRC32C sent = new CRC32C();
    CRC32C received = new CRC32C();
    channel
        .send(Flux.range(0, BLOCKS).map(i -> block(i, sent)))
        .then(channel.endOutput())
        .subscribe();

    channel
        .input()
        .doOnNext(
            data -> {
              received.update(data.nioBuffer());
              data.release();
            })
        .blockLast(WAIT);

    assertThat(received.getValue()).isEqualTo(sent.getValue());
    assertThat(channel.exit().block(WAIT).isSuccess()).isTrue();
    session.close().block(WAIT);
  }

  private static ByteBuf block(int seed, CRC32C sum) {
    byte[] octets = new byte[32_768];
    new java.util.Random(seed).nextBytes(octets);
    sum.update(octets);
    return Unpooled.wrappedBuffer(octets);
  }
}
