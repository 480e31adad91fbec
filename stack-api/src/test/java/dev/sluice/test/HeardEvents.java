package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** An observer that keeps what it hears, and waits for what has to come. */
public final class HeardEvents implements SessionObserver {
  private final List<SessionEvent> events = new ArrayList<>();

  @Override
  public synchronized void onEvent(SessionEvent event) {
    events.add(event);
    notifyAll();
  }

  /** What has come so far. */
  public synchronized List<SessionEvent> all() {
    return List.copyOf(events);
  }

  /** Those of one kind. */
  public <E extends SessionEvent> List<E> all(Class<E> kind) {
    return all().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The first event that is wanted, as soon as it comes. */
  public <E extends SessionEvent> E await(Class<E> kind, Predicate<E> wanted, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      synchronized (this) {
        for (E event : all(kind)) {
          if (wanted.test(event)) {
            return event;
          }
        }
        long left = (end - System.nanoTime()) / 1_000_000;
        assertThat(left)
            .as("time left for %s, heard: %s", kind.getSimpleName(), events)
            .isPositive();
        try {
          wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError(e);
        }
      }
    }
  }
}
