package dev.sluice.server.view;

import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.Clients;
import dev.sluice.client.RemoteClient;
import dev.sluice.storage.decorate.JailedStorage;
import dev.sluice.storage.gateway.SessionStorage;
import java.net.URI;
import reactor.core.publisher.Mono;

/**
 * A directory of another server, with the login of its URL. Each login of a user opens a session
 * there when the directory is first used.
 */
record RemoteFolder(RemoteClient client) implements Storage {

  /**
   * The directory of a URL.
   *
   * @throws IllegalArgumentException without secrets
   */
  static RemoteFolder of(URI uri) {
    return new RemoteFolder(Clients.of(uri));
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return client
        .connect()
        .flatMap(
            session ->
                client
                    .path(session)
                    .flatMap(
                        path ->
                            JailedStorage.of(SessionStorage.of(() -> Mono.just(session)), path)
                                .open(user))
                    .onErrorResume(
                        failure -> session.close().onErrorComplete().then(Mono.error(failure))));
  }
}
