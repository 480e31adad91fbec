package dev.sluice.sftp.peer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.Dialect;
import dev.sluice.sftp.message.Init;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.transport.door.SessionLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What sessions cost that do nothing: client and server of each are in this process. */
final class IdleSessionsIT {
  private static final int SESSIONS = 1000;
  private static final int AT_A_TIME = 16;
  private static final int MAX_OCTETS = 2 * 32 * 1024; // of client and server together
  private static final Duration WAIT = Duration.ofMinutes(2);

  @Test
  void aThousandIdleSessionsCostNoThreadsAndLittleMemory() {
    SessionLimits many = new SessionLimits(2000, 2000, 100);
    try (Served served = Served.start(server -> server.sessions(usual -> many))) {
      List<SshChannel> first = open(served, 50); // what is made once is not counted
      long before = heap();
      int threads = Thread.activeCount();

      List<SshChannel> sessions = open(served, SESSIONS);

      long each = (heap() - before) / SESSIONS;
      int added = Thread.activeCount() - threads;
      System.out.printf(
          "%d idle SFTP sessions: %d threads more, %d octets of heap each, both sides%n",
          SESSIONS, added, each);
      assertThat(served.running().sessions()).isEqualTo(SESSIONS + first.size());
      assertThat(sessions).hasSize(SESSIONS);
      assertThat(added).isLessThanOrEqualTo(2 * Runtime.getRuntime().availableProcessors());
      assertThat(each).isLessThanOrEqualTo(MAX_OCTETS);
    }
  }

  /** Sessions in which VERSION has come. */
  private static List<SshChannel> open(Served served, int count) {
    return Flux.range(0, count).flatMap(i -> connect(served), AT_A_TIME).collectList().block(WAIT);
  }

  private static Mono<SshChannel> connect(Served served) {
    return SshClient.create("127.0.0.1")
        .port(served.port())
        .user(Served.USER)
        .credential(Credential.password(Served.PASSWORD))
        .hostKeys(HostKeyPolicy.pinned(served.fingerprint()))
        .connect()
        .flatMap(ssh -> ssh.subsystem("sftp"))
        .flatMap(
            channel ->
                channel
                    .send(Mono.fromSupplier(IdleSessionsIT::init))
                    .then(firstOf(channel))
                    .thenReturn(channel));
  }

  private static Mono<Void> firstOf(SshChannel channel) {
    return Mono.create(
        sink ->
            channel
                .input()
                .subscribe(
                    octets -> {
                      octets.release();
                      sink.success();
                    },
                    sink::error));
  }

  private static ByteBuf init() {
    return new Init(3).header(ByteBufAllocator.DEFAULT, Dialect.of(SftpVersion.V3));
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
