package dev.sluice.storage.gateway;

import dev.sluice.api.FileSession;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.StorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A gateway to a session whose files are on disk. */
final class SessionOverDiskContractTest implements StorageContract {
  private static final Identity USER = Identity.of("user");
  @TempDir Path root;
  private StorageSession session;

  @BeforeEach
  void open() {
    session =
        SessionStorage.of(
                () -> LocalStorage.at(root).open(USER).<FileSession>map(LoopbackSession::new))
            .open(USER)
            .block(patience());
  }

  @Override
  public StorageSession operations() {
    return session;
  }

  /** Streams go through in order only. */
  @Override
  public boolean replacesInAnyOrder() {
    return false;
  }
}
