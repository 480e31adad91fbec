package dev.sluice.storage.gateway;

import dev.sluice.api.FileSession;
import dev.sluice.api.storage.StorageSession;

/** Makes sessions without a network for tests elsewhere. */
public final class LoopbackSessions {
  private LoopbackSessions() {}

  public static FileSession around(StorageSession files) {
    return new LoopbackSession(files);
  }
}
