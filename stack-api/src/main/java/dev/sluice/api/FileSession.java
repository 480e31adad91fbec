package dev.sluice.api;

import reactor.core.publisher.Mono;

/** A client's session with a server: the server's tree of files, reached over one login. */
public interface FileSession extends FileOperations {

  /** The connection below this session. */
  SessionInfo info();

  /**
   * The directory in which the login begins. The server resolves relative names against it, and a
   * {@link RemotePath#relative} path starts there.
   */
  @Override
  Mono<RemotePath> home();

  /** Completes when the session has ended, or signals what ended it. */
  Mono<Void> onClosed();
}
