package dev.sluice.sftp.both;

import dev.sluice.api.FileError;
import dev.sluice.api.FileOperations;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.FileOperationsContract;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** A session of version 3 with our own server does what disk and memory do. */
@DisplayName("A session of version 3 with our server")
final class Version3ContractIT implements FileOperationsContract {
  @TempDir private Path root;
  private BothEnds ends;
  private SftpSession session;

  @BeforeEach
  void logIn() {
    ends = BothEnds.serving(LocalStorage.at(root));
    session =
        ends.client()
            .versions(usual -> SftpVersions.only(SftpVersion.V3))
            .connectSftp()
            .block(patience());
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

  /** Version 3 says NO_SUCH_FILE of a circle of links. */
  @Override
  public Set<FileError> insteadOf(FileError expected) {
    return expected == FileError.LINK_LOOP ? Set.of(FileError.NOT_FOUND) : Set.of();
  }
}
