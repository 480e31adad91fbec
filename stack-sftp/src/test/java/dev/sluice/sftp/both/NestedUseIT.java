package dev.sluice.sftp.both;

import dev.sluice.api.FileOperations;
import dev.sluice.sftp.SftpSession;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.NestingContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Requests of SFTP inside each other")
final class NestedUseIT implements NestingContract {
  @TempDir private Path root;
  private BothEnds ends;
  private SftpSession session;

  @BeforeEach
  void logIn() {
    ends = BothEnds.serving(LocalStorage.at(root));
    session = ends.session();
  }

  @AfterEach
  void logOut() {
    session.close().block(patience());
    ends.close();
  }

  @Override
  public FileOperations operations() {
    return session;
  }

  @Override
  public boolean mayBeBusy() {
    return false;
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
