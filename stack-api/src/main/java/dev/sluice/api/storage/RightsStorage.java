package dev.sluice.api.storage;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.login.Identity;
import reactor.core.publisher.Mono;

/**
 * A storage where each user may do what {@link Identity#rights()} allows: everything else signals
 * {@code PERMISSION_DENIED}.
 *
 * @param inner the guarded storage
 */
public record RightsStorage(Storage inner) implements Storage {

  public static RightsStorage of(Storage storage) {
    return new RightsStorage(storage);
  }

  @Override
  public Mono<Void> check() {
    return inner.check();
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return inner.open(user).map(session -> new GuardedSession(session, rightsOf(user)));
  }

  private static Guard rightsOf(Identity user) {
    return (right, path) -> {
      if (!user.rights().contains(right)) {
        throw new FileFailure(FileError.PERMISSION_DENIED, path, "needs the right " + right);
      }
    };
  }
}
