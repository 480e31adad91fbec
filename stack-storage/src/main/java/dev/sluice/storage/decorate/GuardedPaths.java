package dev.sluice.storage.decorate;

import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.Guard;
import dev.sluice.api.storage.GuardedSession;
import dev.sluice.api.storage.StorageSession;

/**
 * For a guard that decides by the path: symbolic links are followed first, so that the guard is
 * shown where a verb would act. A link that is changed at the same moment by another program of the
 * machine can outrun that.
 */
public final class GuardedPaths {
  private GuardedPaths() {}

  /** Guards {@code inner}, which the session that is returned owns. */
  public static StorageSession of(StorageSession inner, Guard guard) {
    return new JailedSession(new GuardedSession(inner, guard), RemotePath.root());
  }
}
