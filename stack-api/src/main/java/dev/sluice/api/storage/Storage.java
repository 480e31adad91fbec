package dev.sluice.api.storage;

import dev.sluice.api.login.Identity;
import reactor.core.publisher.Mono;

/**
 * The source of a server's files. One instance may serve several servers of several protocols at
 * once; it is safe for use by many threads.
 */
public interface Storage {

  /**
   * The tree as {@code user} may see it. Each login opens one session and closes it. The Reactor
   * context of a server has its {@link dev.sluice.api.observe.SessionRef session}.
   */
  Mono<StorageSession> open(Identity user);

  /**
   * Completes if the tree can be reached now, and signals the reason if not. This is for
   * monitoring, without a user. A storage that cannot know without a user completes.
   */
  default Mono<Void> check() {
    return Mono.empty();
  }
}
