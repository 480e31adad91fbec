package dev.sluice.transport.observe;

import static dev.sluice.test.SampleEvents.SESSION;
import static dev.sluice.test.SampleEvents.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.PoolEvent;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.test.SampleEvents;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

final class MetricsTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final SessionObserver metrics = Metrics.observer(registry);

  @Test
  void samplesHoldEveryKindOfEvent() {
    assertThat(SampleEvents.ofSession().stream().map(Object::getClass).<Class<?>>map(c -> c))
        .containsExactlyInAnyOrder(SessionEvent.class.getPermittedSubclasses());
    assertThat(SampleEvents.ofPool().stream().map(Object::getClass).<Class<?>>map(c -> c))
        .containsExactlyInAnyOrder(PoolEvent.class.getPermittedSubclasses());
  }

  @Test
  void noTagHoldsWhatAPeerOrAUserHasChosen() {
    SampleEvents.ofSession().forEach(metrics::onEvent);
    SampleEvents.ofPool().forEach(metrics::onPool);

    assertThat(registry.getMeters().stream().map(Meter::getId).flatMap(id -> id.getTags().stream()))
        .extracting(Tag::getValue)
        .doesNotContain("ann", "mallory", "192.0.2.1", "/secret/name", "peer.example");
  }

  @Test
  void aTransferIsCountedByItsOutcomeAndItsError() {
    metrics.onEvent(ended(Outcome.CANCELLED));
    metrics.onEvent(ended(SampleEvents.FAILED));
    metrics.onEvent(ended(Outcome.COMPLETE));

    for (String outcome : List.of("complete none", "cancelled none", "failed not_found")) {
      String[] words = outcome.split(" ", 2);
      assertThat(
              registry
                  .get("sluice.transfers")
                  .tags("outcome", words[0], "error", words[1], "direction", "received")
                  .timer()
                  .count())
          .isEqualTo(1);
    }
    assertThat(registry.get("sluice.transfer.octets").counter().count()).isEqualTo(27);
    assertThat(registry.get("sluice.transfer.first.octet").timer().count()).isEqualTo(3);
  }

  @Test
  void observersOfOneRegistryCountTheSessionsOfAllOnce() {
    SessionObserver another = Metrics.observer(registry);
    metrics.onEvent(new SessionEvent.Connected(SESSION));
    another.onEvent(new SessionEvent.Connected(SESSION));
    another.onEvent(new SessionEvent.Connected(other()));

    assertThat(sessions("ftp")).isEqualTo(2);
    another.onEvent(new SessionEvent.Closed(SESSION, Outcome.COMPLETE, "closed"));
    assertThat(sessions("ftp")).isEqualTo(1);
  }

  @Test
  void aClientThatIsGivenTheRegistryTwiceCountsOnce() {
    SessionObserver both = metrics.and(event -> {}).and(Metrics.observer(registry));

    both.onEvent(new SessionEvent.LoggedIn(SESSION));

    assertThat(registry.get("sluice.logins").counter().count()).isEqualTo(1);
  }

  @Test
  void aSessionThatIsEncryptedLaterIsOneSession() {
    metrics.onEvent(new SessionEvent.Connected(SESSION));
    metrics.onEvent(
        new SessionEvent.Secured(SESSION.withProtocol("ftps"), "TLS 1.3", "cipher", false));

    assertThat(sessions("ftp")).isZero();
    assertThat(sessions("ftps")).isEqualTo(1);
  }

  @Test
  void aTransferIsActiveUntilItEnds() {
    metrics.onEvent(new SessionEvent.TransferStarted(SESSION, TRANSFER, () -> 0, Context.empty()));
    assertThat(registry.get("sluice.transfers.active").gauge().value()).isEqualTo(1);

    metrics.onEvent(ended(Outcome.COMPLETE));
    assertThat(registry.get("sluice.transfers.active").gauge().value()).isZero();
  }

  @Test
  void aStatusThatAServerInventsMakesNoMeterOfItsOwn() {
    for (int code : new int[] {600, 70_000, -1}) {
      metrics.onEvent(new SessionEvent.RequestAnswered(SESSION, "STAT", code, Duration.ZERO));
    }

    assertThat(registry.get("sluice.requests").tag("code", "other").timer().count()).isEqualTo(3);
  }

  @Test
  void aPoolShowsWhatIsIdleAndWhatIsLent() {
    Stream.of(
            new PoolEvent.Created("p"),
            new PoolEvent.Acquired("p", Duration.ZERO),
            new PoolEvent.Created("p"))
        .forEach(metrics::onPool);
    assertThat(pooled("idle")).isEqualTo(1);
    assertThat(pooled("lent")).isEqualTo(1);

    metrics.onPool(new PoolEvent.Returned("p"));
    metrics.onPool(new PoolEvent.Evicted("p"));
    assertThat(pooled("idle")).isEqualTo(1);
    assertThat(pooled("lent")).isZero();
  }

  private static SessionEvent.TransferEnded ended(Outcome outcome) {
    Duration took = Duration.ofMillis(1);
    return new SessionEvent.TransferEnded(SESSION, TRANSFER, outcome, 9, took, took);
  }

  private static SessionRef other() {
    return SessionRef.of(SessionRef.Role.CLIENT, "ftp", SESSION.peer());
  }

  private double sessions(String protocol) {
    return registry.get("sluice.sessions").tag("protocol", protocol).gauge().value();
  }

  private double pooled(String state) {
    return registry.get("sluice.pool.sessions").tag("state", state).gauge().value();
  }
}
