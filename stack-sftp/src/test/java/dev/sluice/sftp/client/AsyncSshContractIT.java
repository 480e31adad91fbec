package dev.sluice.sftp.client;

import dev.sluice.api.FileError;
import dev.sluice.api.FileOperations;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.sftp.peer.client.ServerKind;
import dev.sluice.sftp.peer.client.SftpPeer;
import dev.sluice.test.FileOperationsContract;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** A session does what disk and memory do; the server is AsyncSSH. */
@DisplayName("A session with AsyncSSH")
final class AsyncSshContractIT {
  private static final Map<ServerKind, SftpPeer> SERVERS = new EnumMap<>(ServerKind.class);

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(SftpPeer::close);
    SERVERS.clear();
  }

  /** Sessions with one server in one version, a new one for each test. */
  private static final class Logins {
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final ServerKind kind;
    private final SftpVersion version;
    private SftpSession session;

    Logins(ServerKind kind, SftpVersion version) {
      this.kind = kind;
      this.version = version;
    }

    void logIn() {
      SftpPeer server = SERVERS.get(kind);
      if (server == null) {
        server = kind.start();
        SERVERS.put(kind, server);
      }
      server.clear();
      session =
          server
              .client()
              .versions(usual -> SftpVersions.only(version))
              .uploads(u -> u.withRemoveThenRename(true))
              .connectSftp()
              .block(WAIT);
    }

    void logOut() {
      if (session != null) { // a peer that is missing was reported before
        session.close().block(WAIT);
      }
    }
  }

  private interface Contract extends FileOperationsContract {
    Logins logins();

    @BeforeEach
    default void logIn() {
      logins().logIn();
    }

    @AfterEach
    default void logOut() {
      logins().logOut();
    }

    @Override
    default FileOperations operations() {
      return logins().session;
    }

    /** AsyncSSH says FAILURE, and why in words, where a version has no number for it. */
    @Override
    default Set<FileError> insteadOf(FileError expected) {
      return expected == FileError.LINK_LOOP || expected == FileError.INVALID_NAME
          ? Set.of(FileError.IO_ERROR)
          : Set.of();
    }
  }

  @Nested
  @DisplayName("AsyncSSH, version 3")
  final class Version3 implements Contract {
    private final Logins logins = new Logins(ServerKind.ASYNCSSH, SftpVersion.V3);

    @Override
    public Logins logins() {
      return logins;
    }
  }

  @Nested
  @DisplayName("AsyncSSH, version 4")
  final class Version4 implements Contract {
    private final Logins logins = new Logins(ServerKind.ASYNCSSH, SftpVersion.V4);

    @Override
    public Logins logins() {
      return logins;
    }
  }

  @Nested
  @DisplayName("AsyncSSH, version 6")
  final class Version6 implements Contract {
    private final Logins logins = new Logins(ServerKind.ASYNCSSH, SftpVersion.V6);

    @Override
    public Logins logins() {
      return logins;
    }
  }
}
