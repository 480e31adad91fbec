package dev.sluice.sftp.both;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileError;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.SftpSession;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.FileOperationsContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb takes relative paths, and sees them from the directory of the login. */
@DisplayName("A session of SFTP with relative paths")
final class RelativePathContractIT implements FileOperationsContract {
  private static final RemotePath HOME = RemotePath.of("/home/ann");

  @TempDir private Path root;
  private BothEnds ends;
  private SftpSession session;

  @BeforeEach
  void logIn() throws IOException {
    Files.createDirectories(root.resolve("home/ann"));
    ends = BothEnds.startingAt(HOME, LocalStorage.at(root));
    session = ends.session();
  }

  @AfterEach
  void logOut() {
    session.close().block(patience());
    ends.close();
  }

  @Test
  void theNamesLieInTheDirectoryOfTheLogin() {
    for (String name : new String[] {"file", "~", "~ann"}) {
      put("/" + name, text(name));
      assertThat(root.resolve("home/ann").resolve(name)).hasContent(name);
    }
    assertThat(session.canonical(RemotePath.relative("")).block(patience())).isEqualTo(HOME);
    assertThat(session.home().block(patience())).isEqualTo(HOME);
  }

  @Override
  public FileOperations operations() {
    return session;
  }

  @Override
  public RemotePath path(String text) {
    return RemotePath.relative(text.substring(1));
  }

  @Override
  public RemotePath home() {
    return HOME;
  }

  /** Version 3 says NO_SUCH_FILE of a circle of links. */
  @Override
  public Set<FileError> insteadOf(FileError expected) {
    return expected == FileError.LINK_LOOP ? Set.of(FileError.NOT_FOUND) : Set.of();
  }
}
