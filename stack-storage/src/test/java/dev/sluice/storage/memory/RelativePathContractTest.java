package dev.sluice.storage.memory;

import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.test.StorageContract;
import org.junit.jupiter.api.BeforeEach;

/** A tree in memory takes relative paths, seen from its root, for all that it does. */
final class RelativePathContractTest implements StorageContract {
  private StorageSession session;

  @BeforeEach
  void open() {
    session = MemoryStorage.create().open(Identity.of("user")).block(patience());
  }

  @Override
  public StorageSession operations() {
    return session;
  }

  @Override
  public RemotePath path(String text) {
    return RemotePath.relative(text.substring(1));
  }
}
