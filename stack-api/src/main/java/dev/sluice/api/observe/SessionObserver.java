package dev.sluice.api.observe;

/**
 * Watches sessions. Called on event loops, in the order of the session's own events: must return at
 * once and must not throw.
 */
@FunctionalInterface
public interface SessionObserver {
  /** Watches nothing. */
  SessionObserver NONE = event -> {};

  void onEvent(SessionEvent event);

  /** This observer, then {@code other}. */
  default SessionObserver and(SessionObserver other) {
    if (this == NONE || other == NONE) {
      return this == NONE ? other : this;
    }
    return event -> {
      onEvent(event);
      other.onEvent(event);
    };
  }
}
