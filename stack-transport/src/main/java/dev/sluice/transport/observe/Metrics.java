package dev.sluice.transport.observe;

import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.PoolEvent;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/**
 * Measures sessions, transfers and pools in a registry of Micrometer. The page on metrics lists the
 * meters. No tag holds what a peer can choose: neither names, paths nor addresses.
 */
@SuppressWarnings("exports") // Micrometer is optional: code that names this class requires it
public final class Metrics {
  /** Replies of FTP have three digits; what is beyond, or an unknown status, has one value. */
  private static final int CODES = 600;

  private Metrics() {}

  /**
   * An observer that measures in {@code registry}. Observers of one registry count together, and
   * are equal: whoever adds two to a client or a server counts once.
   */
  public static SessionObserver observer(MeterRegistry registry) {
    return new Meters(registry, Gauges.of(registry));
  }

  private record Meters(MeterRegistry registry, Gauges gauges) implements SessionObserver {

    @Override
    public void onEvent(SessionEvent event) {
      SessionRef session = event.session();
      if (event instanceof SessionEvent.Connected) {
        gauges.opened(registry, session);
      } else if (event instanceof SessionEvent.ConnectFailed failed) {
        count("sluice.connect.failures", tags(session).and(tags(failed.outcome())), 1);
      } else if (event instanceof SessionEvent.Secured secured) {
        gauges.changed(registry, session);
        count("sluice.handshakes", tags(session).and(tags(secured)), 1);
      } else if (event instanceof SessionEvent.LoggedIn) {
        count("sluice.logins", tags(session).and("outcome", "accepted"), 1);
      } else if (event instanceof SessionEvent.LoginRefused) {
        count("sluice.logins", tags(session).and("outcome", "refused"), 1);
      } else if (event instanceof SessionEvent.Banned) {
        count("sluice.bans", tags(session), 1);
      } else if (event instanceof SessionEvent.TurnedAway) {
        count("sluice.turned.away", tags(session), 1);
      } else if (event instanceof SessionEvent.RequestAnswered answered) {
        time("sluice.requests", tags(session).and(tags(answered)), answered.took());
      } else if (event instanceof SessionEvent.ListingIncomplete listing) {
        count("sluice.listing.unread", tags(session), (double) listing.lines());
      } else if (event instanceof SessionEvent.TransferStarted started) {
        gauges.started(registry, session, started.transfer());
      } else if (event instanceof SessionEvent.TransferEnded ended) {
        gauges.ended(ended.transfer());
        onTransfer(ended);
      } else if (event instanceof SessionEvent.Closed) {
        gauges.closed(session);
      }
    }

    @Override
    public void onPool(PoolEvent event) {
      gauges.pooled(registry, event);
      Tags pool = Tags.of("pool", event.pool());
      if (event instanceof PoolEvent.Created) {
        count("sluice.pool.created", pool, 1);
      } else if (event instanceof PoolEvent.Evicted) {
        count("sluice.pool.evicted", pool, 1);
      } else if (event instanceof PoolEvent.Acquired acquired) {
        time("sluice.pool.acquires", pool.and(tags(Outcome.COMPLETE)), acquired.waited());
      } else if (event instanceof PoolEvent.AcquireFailed failed) {
        time("sluice.pool.acquires", pool.and(tags(failed.outcome())), failed.waited());
      }
    }

    private void onTransfer(SessionEvent.TransferEnded ended) {
      Tags tags = tags(ended.session()).and("direction", direction(ended.transfer()));
      time("sluice.transfers", tags.and(tags(ended.outcome())), ended.took());
      count("sluice.transfer.octets", tags, (double) ended.octets());
      Duration first = ended.firstOctet();
      if (first != null) {
        time("sluice.transfer.first.octet", tags, first);
      }
    }

    private void count(String name, Tags tags, double more) {
      Counter.builder(name).tags(tags).register(registry).increment(more);
    }

    private void time(String name, Tags tags, Duration took) {
      Timer.builder(name).tags(tags).register(registry).record(took);
    }
  }

  static Tags tags(SessionRef session) {
    String role = session.role().name().toLowerCase(Locale.ROOT);
    return Tags.of("protocol", session.protocol(), "role", role);
  }

  static String direction(TransferRef transfer) {
    return transfer.direction().name().toLowerCase(Locale.ROOT);
  }

  private static Tags tags(Outcome outcome) {
    return Tags.of("outcome", outcome.word(), "error", outcome.error());
  }

  private static Tags tags(SessionEvent.Secured secured) {
    return Tags.of(
        "version",
        secured.protocol(),
        "cipher",
        secured.cipher(),
        "resumed",
        Boolean.toString(secured.resumed()));
  }

  private static Tags tags(SessionEvent.RequestAnswered answered) {
    int code = answered.code();
    String known = code >= 0 && code < CODES ? Integer.toString(code) : "other";
    return Tags.of("request", answered.request(), "code", known);
  }
}
