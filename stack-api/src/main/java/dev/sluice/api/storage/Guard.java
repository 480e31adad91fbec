package dev.sluice.api.storage;

import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Right;

/** A rule that is checked before each verb. Must not block. */
@FunctionalInterface
public interface Guard {

  /**
   * Returns if {@code right} may be used on {@code path}.
   *
   * @throws FileFailure the refusal to signal
   */
  void check(Right right, RemotePath path);

  /** Whether {@link #check} would return. */
  default boolean allows(Right right, RemotePath path) {
    try {
      check(right, path);
      return true;
    } catch (FileFailure refused) {
      return false;
    }
  }
}
