package dev.sluice.storage.local;

import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.test.StorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class CheckedStorageContractTest implements StorageContract {
  @TempDir Path root;
  private StorageSession session;

  @BeforeEach
  void open() {
    session =
        LocalStorage.at(root).withoutDescriptors().open(Identity.of("user")).block(patience());
  }

  @AfterEach
  void close() {
    session.close().block(patience());
  }

  @Override
  public StorageSession operations() {
    return session;
  }
}
