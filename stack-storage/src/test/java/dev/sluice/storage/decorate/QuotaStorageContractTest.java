package dev.sluice.storage.decorate;

import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.test.StorageContract;
import org.junit.jupiter.api.BeforeEach;

/** Below the quota nobody notices it. */
final class QuotaStorageContractTest implements StorageContract {
  private StorageSession session;

  @BeforeEach
  void open() {
    session =
        QuotaStorage.of(MemoryStorage.create(), 100_000_000)
            .open(Identity.of("user"))
            .block(patience());
  }

  @Override
  public StorageSession operations() {
    return session;
  }
}
