package dev.sluice.testing;

import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * The files of the test, with its faults.
 *
 * @param files those of the current test
 */
record FaultyStorage(Supplier<Storage> files, Faults faults) implements Storage {

  @Override
  public Mono<StorageSession> open(Identity user) {
    return Mono.defer(() -> files.get().open(user))
        .map(session -> new FaultySession(session, faults));
  }

  @Override
  public Mono<Void> check() {
    return Mono.defer(() -> files.get().check());
  }
}
