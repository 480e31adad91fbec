package dev.sluice.storage.decorate;

import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.Guard;
import dev.sluice.api.storage.GuardedSession;
import dev.sluice.api.storage.StorageSession;

/**
 * For a guard that decides by the path: symbolic links are followed first, so the guard sees the
 * place where a verb would act. If another program on the machine changes a link at the same
 * moment, that can be outrun.
 */
public final class GuardedPaths {
  private GuardedPaths() {}

  /** Guards {@code inner}; the returned session owns it. */
  public static StorageSession of(StorageSession inner, Guard guard) {
    return new JailedSession(new GuardedSession(inner, guard), RemotePath.root());
  }
}
