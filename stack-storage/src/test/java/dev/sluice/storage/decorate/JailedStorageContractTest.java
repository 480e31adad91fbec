package dev.sluice.storage.decorate;

import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.test.StorageContract;
import org.junit.jupiter.api.BeforeEach;

final class JailedStorageContractTest implements StorageContract {
  private static final Identity USER = Identity.of("user");
  private StorageSession session;

  @BeforeEach
  void open() {
    Storage memory = MemoryStorage.create();
    StorageSession around = memory.open(USER).block(patience());
    around.createDirectory(RemotePath.of("/some")).block(patience());
    around.createDirectory(RemotePath.of("/some/where")).block(patience());
    session = JailedStorage.of(memory, RemotePath.of("/some/where")).open(USER).block(patience());
  }

  @Override
  public StorageSession operations() {
    return session;
  }
}
