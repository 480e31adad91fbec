package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.SessionEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One session of many, ended by its id. */
final class EndedByOperatorIT {
  private static final Duration WAIT = Duration.ofSeconds(10);

  @TempDir Path root;

  @Test
  void theClientIsToldAndTheOthersStay() throws Exception {
    BlockingQueue<Long> logins = new LinkedBlockingQueue<>();
    try (TestServer server =
            new TestServer(
                root,
                it ->
                    it.observer(
                        event -> {
                          if (event instanceof SessionEvent.LoggedIn in) {
                            logins.add(in.session().id());
                          }
                        }));
        FtpTalk unwanted = server.login()) {
      long id = logins.poll(10, TimeUnit.SECONDS);
      try (FtpTalk other = server.login()) {
        assertThat(server.running().end(id).block(WAIT)).isTrue();

        unwanted.expect(421);
        assertThat(unwanted.isClosed()).isTrue();
        other.expect(257, "PWD");
        assertThat(server.running().end(id).block(WAIT)).isFalse();
      }
    }
  }
}
