package dev.sluice.storage.decorate;

import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Part of a storage as a storage of its own: a directory becomes the root.
 *
 * <p>Symbolic links are resolved here, one check at a time, and links that lead out of the
 * directory read as missing. A user who can change links through another session of the same
 * storage at the right moment could outrun these checks. For trees on disk, {@link
 * dev.sluice.storage.local.LocalStorage} on that directory is faster and cannot be outrun.
 *
 * @param inner the storage that contains the directory
 * @param roots the root directory for each user
 */
public record JailedStorage(Storage inner, Function<Identity, RemotePath> roots)
    implements Storage {

  /** All users see {@code root} as the root. */
  public static JailedStorage of(Storage storage, RemotePath root) {
    return new JailedStorage(storage, user -> root);
  }

  @Override
  public Mono<Void> check() {
    return inner.check();
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return inner.open(user).map(session -> new JailedSession(session, roots.apply(user)));
  }
}
