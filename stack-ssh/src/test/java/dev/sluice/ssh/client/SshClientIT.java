package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.ExitStatus;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshClient;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.peer.PeerAccount;
import dev.sluice.ssh.peer.Sshd;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The client against OpenSSH. */
final class SshClientIT {
  private static final Duration WAIT = Duration.ofSeconds(20);

  private static Sshd sshd;

  @BeforeAll
  static void start() {
    sshd = Sshd.start();
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  @Test
  void runsACommandAndLearnsHowItEnded() {
    SshSession session = connect();
    SshChannel channel = session.exec("echo hello; exit 3").block(WAIT);

    assertThat(text(channel.input())).isEqualTo("hello\n");
    assertThat(channel.exit().block(WAIT)).isEqualTo(ExitStatus.of(3));
    System.err.println(session.info());
    session.close().block(WAIT);
  }

  private static SshSession connect() {
    return SshClient.create("127.0.0.1")
        .port(sshd.port())
        .user(PeerAccount.NAME)
        .credential(Credential.password(PeerAccount.PASSWORD))
        .hostKeys(HostKeyPolicy.pinned(sshd.fingerprint("ed25519")))
        .connect()
        .block(WAIT);
  }

  private static String text(Flux<ByteBuf> input) {
    return input
        .map(
            data -> {
              String text = data.toString(StandardCharsets.UTF_8);
              data.release();
              return text;
            })
        .collectList()
        .flatMap(parts -> Mono.just(String.join("", parts)))
        .block(WAIT);
  }
}
