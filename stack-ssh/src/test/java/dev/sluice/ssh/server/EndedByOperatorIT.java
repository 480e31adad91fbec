package dev.sluice.ssh.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.SessionClosed;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.client.SshClient;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A connection that is ended by the id of its session. */
final class EndedByOperatorIT {
  private static final Duration WAIT = Duration.ofSeconds(10);

  @Test
  void theClientReadsWhy() throws Exception {
    BlockingQueue<Long> logins = new LinkedBlockingQueue<>();
    try (TestServer server =
        TestServer.start(
            it ->
                it.observer(
                    event -> {
                      if (event instanceof SessionEvent.LoggedIn in) {
                        logins.add(in.session().id());
                      }
                    }))) {
      SshSession session =
          SshClient.create("127.0.0.1")
              .port(server.port())
              .user(TestServer.USER)
              .credential(Credential.password(TestServer.PASSWORD))
              .hostKeys(HostKeyPolicy.pinned(server.fingerprint()))
              .connect()
              .block(WAIT);
      long id = logins.poll(10, TimeUnit.SECONDS);

      assertThat(server.running().end(id).block(WAIT)).isTrue();

      assertThatThrownBy(() -> session.onClosed().block(WAIT))
          .isInstanceOf(SessionClosed.class)
          .hasMessageContaining("the operator ended the session");
      assertThat(server.running().end(id).block(WAIT)).isFalse();
    }
  }
}
