package dev.sluice.api.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what sessions do in a Micrometer registry.
 *
 * <p>Meters: {@code sluice.sessions} (gauge, open now), {@code sluice.handshakes} ({@code
 * protocol}, {@code cipher}, {@code resumed}), {@code sluice.logins} ({@code outcome}), {@code
 * sluice.requests} (timer by {@code request} and {@code code}), {@code sluice.transfers} (timer by
 * {@code direction} and {@code outcome}), {@code sluice.transfer.octets} ({@code direction}).
 */
public final class MicrometerObserver implements SessionObserver {
  private final MeterRegistry registry;
  private final AtomicInteger open = new AtomicInteger();

  public MicrometerObserver(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge("sluice.sessions", open);
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
    } else if (event instanceof SessionEvent.TransferEnded ended) {
      onTransfer(ended);
    }
  }

  private void onTransfer(SessionEvent.TransferEnded ended) {
    String direction = ended.direction().name().toLowerCase(Locale.ROOT);
    Timer.builder("sluice.transfers")
        .tag("direction", direction)
        .tag("outcome", ended.failure() == null ? "complete" : "failed")
        .register(registry)
        .record(ended.took());
    Counter.builder("sluice.transfer.octets")
        .tag("direction", direction)
        .register(registry)
        .increment((double) ended.octets());
  }
}
