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
 * with the demand of whoever reads them. An open file is served by one stream as long as it is used
 * from front to back, and by a new one for each jump; a write counts as done when the session has
 * taken the buffer, and what goes wrong later is told by the next call, at the latest by {@code
 * commit}. A file that is replaced atomically is written from front to back only. A session without
 * {@link dev.sluice.api.Capability#PARALLEL_TRANSFERS} serves one open file at a time.
 */
public final class SessionStorage implements Storage {
  private final Function<Identity, ? extends Mono<? extends FileSession>> sessions;

  private SessionStorage(Function<Identity, ? extends Mono<? extends FileSession>> sessions) {
    this.sessions = sessions;
  }

  /** Every user reaches the other server by {@code client}, with its login. */
  public static SessionStorage of(FileClient client) {
    return new SessionStorage(user -> client.connect());
  }

  /** Each user reaches the other server by a client, with a login, of their own. */
  public static SessionStorage perUser(Function<Identity, FileClient> clients) {
    return new SessionStorage(user -> clients.apply(user).connect());
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return Mono.defer(() -> sessions.apply(user)).map(GatewaySession::new);
  }
}
