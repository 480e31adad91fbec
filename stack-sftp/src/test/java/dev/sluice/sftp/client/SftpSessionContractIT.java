package dev.sluice.sftp.client;

import dev.sluice.api.FileError;
import dev.sluice.api.FileOperations;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.peer.client.JailedSshd;
import dev.sluice.test.FileOperationsContract;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;

/** A session does what disk and memory do; the server is that of OpenSSH. */
@DisplayName("A session with OpenSSH")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SftpSessionContractIT implements FileOperationsContract {
  private JailedSshd server;
  private SftpSession session;

  @BeforeAll
  void startServer() {
    server = JailedSshd.start();
  }

  @AfterAll
  void stopServer() {
    if (server != null) { // a peer that is missing was reported before
      server.close();
    }
  }

  @BeforeEach
  void logIn() {
    server.clear();
    session = server.session();
  }

  @AfterEach
  void logOut() {
    session.close().block(patience());
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
