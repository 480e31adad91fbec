package dev.sluice.client.local;

import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A storage of this machine as a session with a server.
 *
 * @param inner does the work
 * @param closed completes when this is closed
 */
record StorageFiles(StorageSession inner, SessionInfo info, Sinks.Empty<Void> closed)
    implements FileSession, ForwardingSession {

  static FileSession of(StorageSession inner, String scheme) {
    return new StorageFiles(
        inner, new SessionInfo(scheme, "this machine", "none", ""), Sinks.empty());
  }

  @Override
  public Mono<RemotePath> home() {
    return Mono.just(RemotePath.root());
  }

  @Override
  public Mono<Void> close() {
    return inner.close().doFinally(how -> closed.tryEmitEmpty());
  }

  @Override
  public Mono<Void> onClosed() {
    return closed.asMono();
  }
}
