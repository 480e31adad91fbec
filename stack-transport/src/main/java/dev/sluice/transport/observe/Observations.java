package dev.sluice.transport.observe;

import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An {@link Observation} for each session, {@code sluice.session}. */
@SuppressWarnings("exports") // Micrometer is optional: code that names this class requires it
public final class Observations implements SessionObserver {
  private final ObservationRegistry registry;
  private final Map<Long, Observation> sessions = new ConcurrentHashMap<>();

  private Observations(ObservationRegistry registry) {
    this.registry = registry;
  }

  /** An observer that makes observations in {@code registry}. */
  public static SessionObserver observer(ObservationRegistry registry) {
    return new Observations(registry);
  }

  @Override
  public void onEvent(SessionEvent event) {
    if (event instanceof SessionEvent.Connected connected) {
      sessions.put(
          connected.session(),
          Observation.createNotStarted("sluice.session", registry)
              .lowCardinalityKeyValue("protocol", connected.protocol())
              .start());
    } else if (event instanceof SessionEvent.Closed closed) {
      Observation session = sessions.remove(closed.session());
      if (session != null) {
        session.stop();
      }
    }
  }
}
