package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostKeyRefused;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.config.SshConfig;
import dev.sluice.ssh.peer.PeerAccount;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.ssh.peer.Sshd;
import dev.sluice.ssh.server.TestServer;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Connections that OpenSSH forwards, and sessions on them. */
final class JumpHostIT {
  private static final Duration WAIT = Duration.ofSeconds(60);

  private static Sshd jump;
  private static Sshd target;

  @BeforeAll
  static void start() {
    jump = Sshd.start();
    target = Sshd.start();
  }

  @AfterAll
  static void stop() {
    jump.close();
    target.close();
  }

  @Test
  @Conforms("SSH-202")
  void aForwardedConnectionCarriesWhatTheHostSays() {
    SshSession session = to(jump).connect().block(WAIT);
    SshChannel channel = session.forward("127.0.0.1", target.port()).block(WAIT);

    ByteBuf greeting = channel.input().next().block(WAIT);

    assertThat(greeting.toString(StandardCharsets.US_ASCII)).startsWith("SSH-2.0-OpenSSH");
    greeting.release();
    session.close().block(WAIT);
  }

  @Test
  @Conforms({"SSH-178", "SSH-202"})
  void whereNobodyListensTheForwardFailsAndTheSessionLives() {
    SshSession session = to(jump).connect().block(WAIT);

    assertThatThrownBy(() -> session.forward("127.0.0.1", Scratch.freePort()).block(WAIT))
        .isInstanceOf(ConnectFailed.class)
        .hasMessageContaining("CONNECT_FAILED");

    assertThat(text(session.exec("echo alive").block(WAIT).input())).isEqualTo("alive\n");
    session.close().block(WAIT);
  }

  @Test
  @Conforms("SSH-202")
  void aSessionThroughAJumpHostIsTheTargets() {
    SshSession session = to(target).through(to(jump)).connect().block(WAIT);

    assertThat(session.info().hostKey()).contains(target.fingerprint("ed25519"));
    assertThat(text(session.exec("echo $SSH_CONNECTION").block(WAIT).input()))
        .contains(" 127.0.0.1 " + target.port());
    session.close().block(WAIT);
  }

  @Test
  @Conforms({"SSH-202", "SSH-116"})
  void muchDataGoesThroughTwoJumpHostsUnharmed() {
    SshSession session = to(target).through(to(jump).through(to(target))).connect().block(WAIT);

    Echo.moves(64, session.exec("cat").block(WAIT));

    session.close().block(WAIT);
  }

  @Test
  @Conforms("SSH-202")
  void aJumpHostWhoseOwnKeyIsTrustedCannotPassForTheTarget() {
    SshClient client =
        to(target).hostKeys(HostKeyPolicy.pinned(jump.fingerprint("ed25519"))).through(to(jump));

    assertThatThrownBy(() -> client.connect().block(WAIT))
        .isInstanceOf(HostKeyRefused.class)
        .hasMessageContaining(target.fingerprint("ed25519"));
  }

  @Test
  @Conforms({"SSH-202", "SSH-205", "SSH-206"})
  void bothSessionsEndTogether() {
    Sshd mortal = Sshd.start();
    SshSession session = to(target).through(to(mortal)).connect().block(WAIT);
    SshChannel channel = session.exec("cat").block(WAIT);
    session.close().block(WAIT);
    assertThat(channel.onClosed().blockOptional(WAIT)).isEmpty();
    assertThat(mortal.eventuallyLogs("Received disconnect")).isTrue();

    SshSession other = to(target).through(to(mortal)).connect().block(WAIT);
    mortal.close();

    assertThatThrownBy(() -> other.onClosed().block(WAIT)).isInstanceOf(SessionClosed.class);
  }

  @Test
  @Conforms("SSH-203")
  void aTargetThatNeverAnswersIsGivenUpInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      SshClient client =
          to(target)
              .port(silent.getLocalPort())
              .timeouts(
                  t ->
                      t.withHandshake(Duration.ofMillis(300))
                          .withExchange(Duration.ofSeconds(1))
                          .withLogin(Duration.ofSeconds(1)))
              .through(to(jump));

      assertThatThrownBy(() -> client.connect().block(WAIT)).isInstanceOf(TimedOut.class);
    }
  }

  @Test
  @Conforms("SSH-201")
  void ourServerForwardsNothing() {
    try (TestServer server = TestServer.start()) {
      SshClient client =
          SshClient.create("127.0.0.1")
              .port(server.port())
              .user(TestServer.USER)
              .credential(Credential.password(TestServer.PASSWORD))
              .hostKeys(HostKeyPolicy.pinned(server.fingerprint()));

      assertThatThrownBy(() -> to(target).through(client).connect().block(WAIT))
          .isInstanceOf(ConnectFailed.class)
          .hasMessageContaining("ADMINISTRATIVELY_PROHIBITED");
    }
  }

  @Test
  @Conforms("SSH-202")
  void aConfigurationSaysWhichHostIsReachedThroughWhich() {
    try (Scratch scratch = Scratch.create("jump-config")) {
      SshConfig config =
          SshConfig.parse(
              """
              Host inner
                HostName 127.0.0.1
                Port %d
                ProxyJump %s@outer:%d
              Host outer
                HostName 127.0.0.1
              Host *
                User %s
                StrictHostKeyChecking accept-new
                UserKnownHostsFile %s
              """
                  .formatted(
                      target.port(),
                      PeerAccount.NAME,
                      jump.port(),
                      PeerAccount.NAME,
                      scratch.file("known_hosts")));

      SshSession session =
          SshClient.configured(
                  config,
                  "inner",
                  each -> each.credential(Credential.password(PeerAccount.PASSWORD)))
              .connect()
              .block(WAIT);

      assertThat(session.info().hostKey()).contains(target.fingerprint("ed25519"));
      session.close().block(WAIT);
      assertThat(scratch.read("known_hosts"))
          .contains("[127.0.0.1]:" + target.port(), "[127.0.0.1]:" + jump.port());
    }
  }

  private static SshClient to(Sshd server) {
    return SshClient.create("127.0.0.1")
        .port(server.port())
        .user(PeerAccount.NAME)
        .credential(Credential.password(PeerAccount.PASSWORD))
        .hostKeys(HostKeyPolicy.pinned(server.fingerprint("ed25519")));
  }

  private static String text(Flux<ByteBuf> input) {
    return input
        .map(
            data -> {
              String text = data.toString(StandardCharsets.UTF_8);
              data.release();
              return text;
            })
        .reduce("", String::concat)
        .block(WAIT);
  }
}
