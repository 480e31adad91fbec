package dev.sluice.client.pool;

import dev.sluice.api.FileSession;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A session, whether it has ended, and whether somebody has it.
 *
 * @param <S> the type of the client's sessions
 */
record Kept<S extends FileSession>(S session, AtomicBoolean ended, AtomicBoolean lent) {
  /** Watches the session for its whole life; this needs no deadline. */
  static <S extends FileSession> Kept<S> of(S session) {
    Kept<S> kept = new Kept<>(session, new AtomicBoolean(), new AtomicBoolean());
    session.onClosed().doFinally(how -> kept.ended.set(true)).onErrorComplete().subscribe();
    return kept;
  }

  boolean hasEnded() {
    return ended.get();
  }
}
