package dev.sluice.ftp.client;

import dev.sluice.api.FileOperations;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.ServerPeer;
import dev.sluice.test.FileOperationsContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;

/** A session does what disk and memory do; the server is ProFTPD, which has MLSD and MFF. */
@DisplayName("A session with ProFTPD")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FtpSessionContractIT implements FileOperationsContract {
  private ServerPeer server;
  private FtpSession session;

  @BeforeAll
  void startServer() {
    server = RealServers.start("proftpd", PeerOptions.DEFAULT);
  }

  @AfterAll
  void stopServer() {
    if (server != null) { // a peer that is missing was reported before
      server.close();
    }
  }

  @BeforeEach
  void logIn() throws IOException {
    try (Stream<Path> files = Files.walk(server.root())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(server.root())) {
          Files.delete(file);
        }
      }
    }
    session = RealServers.session(server);
  }

  @AfterEach
  void logOut() {
    session.close().block(patience());
  }

  @Override
  public FileOperations operations() {
    return session;
  }

  /** A line feed would end the command. */
  @Override
  public boolean storesName(String name) {
    return name.indexOf('\n') < 0;
  }
}
