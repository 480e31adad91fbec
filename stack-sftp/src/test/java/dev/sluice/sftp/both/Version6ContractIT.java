package dev.sluice.sftp.both;

import dev.sluice.api.FileOperations;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.FileOperationsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** A session of version 6 with our own server does what disk and memory do. */
@DisplayName("A session of version 6 with our server")
final class Version6ContractIT implements FileOperationsContract {
  @TempDir private Path root;
  private BothEnds ends;
  private SftpSession session;

  @BeforeEach
  void logIn() {
    ends = BothEnds.serving(LocalStorage.at(root));
    session =
        ends.client()
            .versions(usual -> SftpVersions.only(SftpVersion.V6))
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
}
