package dev.sluice.storage.decorate;

import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.RightsStorage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.test.StorageContract;
import org.junit.jupiter.api.BeforeEach;

/** A user with every right notices nothing. */
final class RightsStorageContractTest implements StorageContract {
  private StorageSession session;

  @BeforeEach
  void open() {
    session = RightsStorage.of(MemoryStorage.create()).open(Identity.of("user")).block(patience());
  }

  @Override
  public StorageSession operations() {
    return session;
  }
}
