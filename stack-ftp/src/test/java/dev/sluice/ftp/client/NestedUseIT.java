package dev.sluice.ftp.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileOperations;
import dev.sluice.api.SessionBusy;
import dev.sluice.api.WriteMode;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.server.TestServer;
import dev.sluice.test.NestingContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Requests of FTP inside each other")
final class NestedUseIT implements NestingContract {
  @TempDir private Path root;
  private TestServer server;
  private FtpSession session;

  @BeforeEach
  void logIn() {
    server = new TestServer(root);
    session =
        FtpClient.create("127.0.0.1")
            .port(server.address().getPort())
            .credentials(TestServer.USER, TestServer.PASSWORD)
            .timeouts(t -> t.withTurn(Duration.ofMillis(200)))
            .connectFtp()
            .block(patience());
  }

  @AfterEach
  void logOut() {
    session.close().block(patience());
    server.close();
  }

  @Test
  void aWriteWhoseContentIsReadInTheSameSessionIsToldToUseAPool() {
    put("/from", octets(100));

    assertThatThrownBy(
            () ->
                session
                    .write(
                        path("/to"),
                        WriteMode.replace(),
                        session.read(path("/from"), ByteRange.all()))
                    .block(patience()))
        .isInstanceOf(SessionBusy.class)
        .hasMessageContaining("/to is being written and waits for its content")
        .hasMessageContaining("SessionPool");
    stat("/from");
  }

  @Override
  public FileOperations operations() {
    return session;
  }

  @Override
  public boolean mayBeBusy() {
    return true;
  }

  @Override
  public void makeFiles(String directory, int count) {
    try {
      Path parent = Files.createDirectories(root.resolve(directory.substring(1)));
      for (int i = 0; i < count; i++) {
        Files.write(parent.resolve("a-file-with-a-name-of-some-length-" + i), new byte[] {1});
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
