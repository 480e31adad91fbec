package dev.sluice.api;

import reactor.core.publisher.Mono;

/**
 * Opens sessions with one server. Immutable; each subscription to {@link #connect()} is a login.
 */
public interface FileClient {

  /** Connects and logs in. Cancelling before the session arrives closes the connection. */
  Mono<FileSession> connect();
}
