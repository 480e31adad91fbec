package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A data connection that no transfer takes")
final class UntakenConnectionIT {
  @TempDir Path root;

  /** An orderly end would look like that of an empty file. */
  @Test
  void isResetWhenTheNextOneIsArranged() throws IOException {
    try (TestServer server = new TestServer(root);
        FtpTalk talk = server.login();
        Socket data = talk.passive()) {
      talk.epsv();

      assertThatThrownBy(() -> data.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }
}
