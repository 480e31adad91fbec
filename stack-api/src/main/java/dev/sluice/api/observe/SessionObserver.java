package dev.sluice.api.observe;

import java.util.stream.Stream;

/**
 * Watches sessions. Called on event loops, in the order of the session's own events: must return at
 * once and must not throw.
 */
@FunctionalInterface
public interface SessionObserver {
  /** Watches nothing. */
  SessionObserver NONE = event -> {};

  void onEvent(SessionEvent event);

  /** Called by a pool of sessions, from any thread. */
  default void onPool(PoolEvent event) {}

  /** This observer, then {@code other}; one that is equal to another hears nothing twice. */
  default SessionObserver and(SessionObserver other) {
    return this == NONE ? other : other == NONE ? this : ObserverList.of(Stream.of(this, other));
  }
}
