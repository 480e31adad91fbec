package dev.sluice.server.daemon;

import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * The storage of the document in effect: asked at each login, so that a session keeps its own.
 *
 * @param now the storage of this moment
 */
record CurrentFiles(Supplier<Storage> now) implements Storage {

  @Override
  public Mono<StorageSession> open(Identity user) {
    return Mono.defer(() -> now.get().open(user));
  }

  @Override
  public Mono<Void> check() {
    return Mono.defer(() -> now.get().check());
  }
}
