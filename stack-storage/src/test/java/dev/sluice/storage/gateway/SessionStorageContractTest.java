package dev.sluice.storage.gateway;

import dev.sluice.api.FileSession;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.test.StorageContract;
import org.junit.jupiter.api.BeforeEach;

/** A gateway to a session that happens to keep its files in memory. */
final class SessionStorageContractTest implements StorageContract {
  private static final Identity USER = Identity.of("user");
  private StorageSession session;

  @BeforeEach
  void open() {
    session =
        SessionStorage.of(
                () -> MemoryStorage.create().open(USER).<FileSession>map(LoopbackSession::new))
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
