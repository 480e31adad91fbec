package dev.sluice.storage.gateway;

import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * The files of another server as a storage: an SFTP server mounted on an FTPS session.
 *
 * <p>Each login opens a session with the other server and closes it. Streams pass straight through,
 * with the demand of their readers. An open file uses one stream as long as it is accessed from
 * front to back, and a new stream after each jump. A write counts as done when the session has
 * taken the buffer; the next call reports a later error, at the latest {@code commit}. A file that
 * is replaced atomically can only be written from front to back. A session without {@link
 * dev.sluice.api.Capability#PARALLEL_TRANSFERS} serves one open file at a time.
 */
public final class SessionStorage implements Storage {
  private final Function<Identity, ? extends Mono<? extends FileSession>> sessions;

  private SessionStorage(Function<Identity, ? extends Mono<? extends FileSession>> sessions) {
    this.sessions = sessions;
  }

  /** All users reach the other server through {@code client}, with its login. */
  public static SessionStorage of(FileClient client) {
    return new SessionStorage(user -> client.connect());
  }

  /** Each user reaches the other server through their own client, with their own login. */
  public static SessionStorage perUser(Function<Identity, FileClient> clients) {
    return new SessionStorage(user -> clients.apply(user).connect());
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return Mono.defer(() -> sessions.apply(user)).map(GatewaySession::new);
  }
}
