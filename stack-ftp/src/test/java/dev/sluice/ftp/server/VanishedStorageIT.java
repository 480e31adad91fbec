package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.SessionClosed;
import dev.sluice.api.StorageUnavailable;
import dev.sluice.test.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are out of reach for a while. */
final class VanishedStorageIT {
  private static final Duration WAIT = Duration.ofSeconds(30);

  @TempDir private Path base;

  @Test
  void sessionsEndWith421AndTheServiceIsNotWellUntilTheFilesAreBack() throws Exception {
    Path root = Files.createDirectory(base.resolve("root"));
    Files.writeString(root.resolve("file"), "x");
    try (TestServer server = new TestServer(root);
        LogLines log = new LogLines()) {
      server.running().healthy().block(WAIT);
      Path elsewhere = base.resolve("elsewhere");
      for (String command : List.of("SIZE file", "MLST file", "DELE file", "RETR file", "LIST")) {
        try (FtpTalk talk = server.login()) {
          talk.epsv();
          Files.move(root, elsewhere);
          FtpTalk.Answer answer = talk.expect(421, command);
          assertThat(answer.first()).contains("cannot be reached").doesNotContain("root");
          assertThat(talk.isClosed()).isTrue();
          assertThatThrownBy(() -> server.running().healthy().block(WAIT))
              .isInstanceOf(StorageUnavailable.class);
        } finally {
          Files.move(elsewhere, root);
        }
      }
      server.running().healthy().block(WAIT);
      assertThat(log.lines().stream().filter(line -> line.contains("cannot be reached")))
          .hasSize(5)
          .allMatch(line -> line.contains(root.toString()) && !line.matches(".*\\bann\\b.*"));
      assertThat(log.lines()).noneMatch(line -> line.startsWith("\tat "));
      try (FtpTalk talk = server.login()) {
        assertThat(talk.download("RETR file")).asString().isEqualTo("x");
      }
      server.running().close().block(WAIT);
      assertThatThrownBy(() -> server.running().healthy().block(WAIT))
          .isInstanceOf(SessionClosed.class);
    }
  }
}
