package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.server.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a person reads who looks for a fault. */
final class TraceIT {
  private static final Duration WAIT = Duration.ofSeconds(30);

  @Test
  void bothSidesNameEveryMessageAndNoSecretIsAmongThem() {
    List<String> ours = new CopyOnWriteArrayList<>();
    List<String> theirs = new CopyOnWriteArrayList<>();
    try (TestServer server = TestServer.start(it -> it.trace(theirs::add))) {
      SshSession session =
          SshClient.create("127.0.0.1")
              .port(server.port())
              .user(TestServer.USER)
              .credential(Credential.password(TestServer.PASSWORD))
              .hostKeys(HostKeyPolicy.pinned(server.fingerprint()))
              .trace(ours::add)
              .connect()
              .block(WAIT);
      Echo.moves(16, session.exec("cat").block(WAIT));
      session.close().block(WAIT);
    }

    assertThat(ours)
        .contains("> SSH_MSG_KEXINIT", "> SSH_MSG_NEWKEYS", "> SSH_MSG_USERAUTH_REQUEST")
        .anyMatch(line -> line.startsWith("< SSH_MSG_USERAUTH_SUCCESS"))
        .anyMatch(line -> line.startsWith("> SSH_MSG_CHANNEL_DATA "))
        .anyMatch(line -> line.startsWith("< SSH_MSG_CHANNEL_DATA "))
        .noneMatch(line -> line.contains(TestServer.PASSWORD));
    assertThat(theirs)
        .contains("> SSH_MSG_KEXINIT", "> SSH_MSG_USERAUTH_SUCCESS")
        .anyMatch(line -> line.startsWith("< SSH_MSG_CHANNEL_DATA "))
        .noneMatch(line -> line.contains(TestServer.PASSWORD));
  }
}
