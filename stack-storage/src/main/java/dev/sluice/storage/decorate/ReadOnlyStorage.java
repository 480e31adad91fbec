package dev.sluice.storage.decorate;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.Right;
import dev.sluice.api.storage.Guard;
import dev.sluice.api.storage.GuardedSession;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import reactor.core.publisher.Mono;

/**
 * A storage that can only be read: every change signals {@code READ_ONLY}.
 *
 * @param inner the storage to read
 */
public record ReadOnlyStorage(Storage inner) implements Storage {

  public static ReadOnlyStorage of(Storage storage) {
    return new ReadOnlyStorage(storage);
  }

  @Override
  public Mono<Void> check() {
    return inner.check();
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return inner.open(user).map(session -> new GuardedSession(session, READING_ONLY));
  }

  private static final Guard READING_ONLY =
      (right, path) -> {
        if (!Right.READ_ONLY.contains(right)) {
          throw new FileFailure(FileError.READ_ONLY, path, "this storage takes no changes");
        }
      };
}
