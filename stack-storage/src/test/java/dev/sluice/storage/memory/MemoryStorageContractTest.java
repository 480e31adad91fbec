package dev.sluice.storage.memory;

import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.test.StorageContract;
import org.junit.jupiter.api.BeforeEach;

final class MemoryStorageContractTest implements StorageContract {
  private StorageSession session;

  @BeforeEach
  void open() {
    session = MemoryStorage.create().open(Identity.of("user")).block(patience());
  }

  @Override
  public StorageSession operations() {
    return session;
  }
}
