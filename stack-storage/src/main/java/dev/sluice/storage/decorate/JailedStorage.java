package dev.sluice.storage.decorate;

import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A part of a storage as if it were the whole: a directory becomes the root.
 *
 * <p>Symbolic links are resolved here, one look at a time, and those that lead out of the directory
 * read as missing. Who can change links through another session of the same storage at the right
 * moment could outrun these looks; for trees on disk {@link dev.sluice.storage.local.LocalStorage}
 * below that directory is faster and cannot be outrun.
 *
 * @param inner the storage that holds the directory
 * @param roots the directory that is each user's root
 */
public record JailedStorage(Storage inner, Function<Identity, RemotePath> roots)
    implements Storage {

  /** All users see {@code root} as the root. */
  public static JailedStorage of(Storage storage, RemotePath root) {
    return new JailedStorage(storage, user -> root);
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return inner.open(user).map(session -> new JailedSession(session, roots.apply(user)));
  }
}
