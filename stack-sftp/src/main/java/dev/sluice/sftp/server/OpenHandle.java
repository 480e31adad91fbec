package dev.sluice.sftp.server;

import reactor.core.publisher.Mono;

/** What a client has opened. */
sealed interface OpenHandle permits OpenFile, OpenDirectory {

  /** What its requests touch. */
  Scope scope();

  /** Gives back what it holds, as at the end of the session: this puts nothing in place. */
  Mono<Void> abandon();
}
