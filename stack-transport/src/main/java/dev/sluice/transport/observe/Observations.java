package dev.sluice.transport.observe;

import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * An {@link Observation} for each session, {@code sluice.session}, and for each transfer, {@code
 * sluice.transfer}. The page on metrics lists their keys.
 *
 * <p>The parent of a client's session is the observation in the Reactor context of whoever
 * connects, that of its transfer the one of whoever reads or writes. A transfer without one is a
 * child of its session.
 */
@SuppressWarnings("exports") // Micrometer is optional: code that names this class requires it
public final class Observations implements SessionObserver {
  /** Where the context propagation of Micrometer keeps the observation. */
  private static final String PARENT = "micrometer.observation";

  private final ObservationRegistry registry;
  private final Map<Long, Observation> sessions = new ConcurrentHashMap<>();
  private final Map<Long, Observation> transfers = new ConcurrentHashMap<>();

  private Observations(ObservationRegistry registry) {
    this.registry = registry;
  }

  /** An observer that makes observations in {@code registry}. */
  public static SessionObserver observer(ObservationRegistry registry) {
    return new Observations(registry);
  }

  @Override
  public void onEvent(SessionEvent event) {
    SessionRef session = event.session();
    if (event instanceof SessionEvent.Connecting connecting) {
      sessions.put(session.id(), start(session, parent(connecting.context())));
    } else if (event instanceof SessionEvent.Connected) {
      sessions.computeIfAbsent(session.id(), id -> start(session, null));
    } else if (event instanceof SessionEvent.ConnectFailed failed) {
      end(sessions.remove(session.id()), session, failed.outcome());
    } else if (event instanceof SessionEvent.Closed closed) {
      end(sessions.remove(session.id()), session, closed.outcome());
    } else if (event instanceof SessionEvent.TransferStarted started) {
      transfers.put(started.transfer().id(), start(started));
    } else if (event instanceof SessionEvent.TransferEnded ended) {
      Observation transfer = transfers.remove(ended.transfer().id());
      if (transfer != null) {
        transfer.highCardinalityKeyValue("octets", Long.toString(ended.octets()));
      }
      end(transfer, session, ended.outcome());
    }
  }

  private Observation start(SessionRef session, @Nullable Observation parent) {
    return begin("sluice.session", session, parent).start();
  }

  private Observation start(SessionEvent.TransferStarted started) {
    TransferRef transfer = started.transfer();
    Observation asked = parent(started.context());
    Observation parent = asked != null ? asked : sessions.get(started.session().id());
    return begin("sluice.transfer", started.session(), parent)
        .lowCardinalityKeyValue("direction", Metrics.direction(transfer))
        .highCardinalityKeyValue("file", transfer.file().toString())
        .start();
  }

  private Observation begin(String name, SessionRef session, @Nullable Observation parent) {
    Observation begun =
        Observation.createNotStarted(name, registry)
            .lowCardinalityKeyValue("protocol", session.protocol())
            .lowCardinalityKeyValue("role", session.role().name().toLowerCase(Locale.ROOT))
            .highCardinalityKeyValue("peer", session.peer().toString())
            .highCardinalityKeyValue("session", Long.toString(session.id()));
    return parent == null ? begun : begun.parentObservation(parent);
  }

  private static void end(@Nullable Observation observation, SessionRef session, Outcome outcome) {
    if (observation == null) {
      return;
    }
    if (session.user() != null) {
      observation.highCardinalityKeyValue("user", session.user());
    }
    if (outcome.cause() != null) {
      observation.error(outcome.cause());
    }
    observation
        .lowCardinalityKeyValue("protocol", session.protocol())
        .lowCardinalityKeyValue("outcome", outcome.word())
        .stop();
  }

  private static @Nullable Observation parent(ContextView context) {
    return context.getOrDefault(PARENT, null) instanceof Observation parent ? parent : null;
  }
}
