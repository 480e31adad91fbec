package dev.sluice.api.storage;

import dev.sluice.api.login.Identity;
import reactor.core.publisher.Mono;

/**
 * The source of a server's files. One instance may serve several servers of several protocols at
 * once; it is safe for use by many threads.
 */
public interface Storage {

  /** The tree as {@code user} may see it. Each login opens one session and closes it. */
  Mono<StorageSession> open(Identity user);

  /**
   * Completes when the tree can be reached now, and signals what is in the way when it cannot: for
   * whoever watches a service, with no user at hand. A storage that does not know without a user
   * completes.
   */
  default Mono<Void> check() {
    return Mono.empty();
  }
}
