package dev.sluice.client.pool;

import dev.sluice.api.FileSession;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A session, and whether it has ended.
 *
 * @param <S> the type of the client's sessions
 */
record Kept<S extends FileSession>(S session, AtomicBoolean ended) {
  /** Watches the session for its whole life; this needs no deadline. */
  static <S extends FileSession> Kept<S> of(S session) {
    Kept<S> kept = new Kept<>(session, new AtomicBoolean());
    session.onClosed().doFinally(how -> kept.ended.set(true)).onErrorComplete().subscribe();
    return kept;
  }

  boolean hasEnded() {
    return ended.get();
  }
}
