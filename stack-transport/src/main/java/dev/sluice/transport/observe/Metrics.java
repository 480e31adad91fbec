package dev.sluice.transport.observe;

import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what sessions do in a Micrometer registry.
 *
 * <p>Meters: {@code sluice.sessions} (gauge, open now), {@code sluice.handshakes} ({@code
 * protocol}, {@code cipher}, {@code resumed}), {@code sluice.logins} ({@code outcome}), {@code
 * sluice.requests} (timer by {@code request} and {@code code}), {@code sluice.transfers} (timer by
 * {@code direction} and {@code outcome}: complete, cancelled or failed), {@code
 * sluice.transfer.octets} ({@code direction}), {@code sluice.listing.unread} (lines of listings
 * that were not understood).
 */
@SuppressWarnings("exports") // Micrometer is optional: code that names this class requires it
public final class Metrics implements SessionObserver {
  /** A registry keeps the first gauge of a name, so its observers share one number. */
  private static final Map<MeterRegistry, AtomicInteger> OPEN =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final MeterRegistry registry;
  private final AtomicInteger open;

  private Metrics(MeterRegistry registry) {
    this.registry = registry;
    this.open = OPEN.computeIfAbsent(registry, Metrics::gauge);
  }

  /** An observer that counts in {@code registry}; those of one registry count together. */
  public static SessionObserver observer(MeterRegistry registry) {
    return new Metrics(registry);
  }

  @Override
  public void onEvent(SessionEvent event) {
    if (event instanceof SessionEvent.Connected) {
      open.incrementAndGet();
    } else if (event instanceof SessionEvent.Closed) {
      open.decrementAndGet();
    } else if (event instanceof SessionEvent.Secured secured) {
      registry
          .counter(
              "sluice.handshakes",
              "protocol",
              secured.protocol(),
              "cipher",
              secured.cipher(),
              "resumed",
              Boolean.toString(secured.resumed()))
          .increment();
    } else if (event instanceof SessionEvent.LoggedIn) {
      registry.counter("sluice.logins", "outcome", "accepted").increment();
    } else if (event instanceof SessionEvent.LoginRefused) {
      registry.counter("sluice.logins", "outcome", "refused").increment();
    } else if (event instanceof SessionEvent.RequestAnswered answered) {
      Timer.builder("sluice.requests")
          .tag("request", answered.request())
          .tag("code", Integer.toString(answered.code()))
          .register(registry)
          .record(answered.took());
    } else if (event instanceof SessionEvent.ListingIncomplete listing) {
      registry.counter("sluice.listing.unread").increment((double) listing.lines());
    } else if (event instanceof SessionEvent.TransferEnded ended) {
      onTransfer(ended);
    }
  }

  private static AtomicInteger gauge(MeterRegistry registry) {
    AtomicInteger open = new AtomicInteger();
    registry.gauge("sluice.sessions", open);
    return open;
  }

  private static String outcome(SessionEvent.TransferEnded ended) {
    if (ended.failure() == null) {
      return "complete";
    }
    return ended.isCancelled() ? "cancelled" : "failed";
  }

  private void onTransfer(SessionEvent.TransferEnded ended) {
    String direction = ended.direction().name().toLowerCase(Locale.ROOT);
    Timer.builder("sluice.transfers")
        .tag("direction", direction)
        .tag("outcome", outcome(ended))
        .register(registry)
        .record(ended.took());
    Counter.builder("sluice.transfer.octets")
        .tag("direction", direction)
        .register(registry)
        .increment((double) ended.octets());
  }
}
