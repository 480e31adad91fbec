package dev.sluice.transport.observe;

import static dev.sluice.test.SampleEvents.SESSION;
import static dev.sluice.test.SampleEvents.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.test.SampleEvents;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

final class ObservationsTest {
  private final ObservationRegistry registry = ObservationRegistry.create();
  private final List<Observation.Context> started = new ArrayList<>();
  private final List<Observation.Context> stopped = new ArrayList<>();
  private final SessionObserver observations = Observations.observer(registry);

  @BeforeEach
  void listen() {
    registry
        .observationConfig()
        .observationHandler(
            new ObservationHandler<Observation.Context>() {
              @Override
              public void onStart(Observation.Context context) {
                started.add(context);
              }

              @Override
              public void onStop(Observation.Context context) {
                stopped.add(context);
              }

              @Override
              public boolean supportsContext(Observation.Context context) {
                return true;
              }
            });
  }

  @Test
  void aTransferIsPartOfItsSession() {
    SampleEvents.ofSession().forEach(observations::onEvent);

    assertThat(started)
        .extracting(Observation.Context::getName)
        .containsExactly("sluice.session", "sluice.transfer");
    assertThat(stopped).containsExactlyInAnyOrderElementsOf(started);
    assertThat(parent(started.get(1))).isSameAs(started.get(0));
    assertThat(value(started.get(1), "outcome")).isEqualTo("failed");
    assertThat(started.get(1).getError()).hasMessageContaining("gone");
    assertThat(started.get(1).getHighCardinalityKeyValue("octets").getValue()).isEqualTo("9");
  }

  @Test
  void whoeverConnectsIsTheParentOfTheSessionAndWhoeverReadsThatOfTheTransfer() {
    Observation connects = Observation.start("connects", registry);
    Observation reads = Observation.start("reads", registry);

    observations.onEvent(
        new SessionEvent.Connecting(SESSION, Context.of("micrometer.observation", connects)));
    observations.onEvent(new SessionEvent.Connected(SESSION));
    observations.onEvent(
        new SessionEvent.TransferStarted(
            SESSION, TRANSFER, () -> 0, Context.of("micrometer.observation", reads)));

    assertThat(started).hasSize(4);
    assertThat(parent(started.get(2))).isSameAs(connects.getContext());
    assertThat(parent(started.get(3))).isSameAs(reads.getContext());
  }

  @Test
  void aSessionThatCouldNotBeOpenedEndsWithItsError() {
    observations.onEvent(new SessionEvent.Connecting(SESSION, Context.empty()));
    observations.onEvent(
        new SessionEvent.ConnectFailed(SESSION, SampleEvents.FAILED, Duration.ZERO));
    observations.onEvent(new SessionEvent.Closed(SESSION, Outcome.COMPLETE, "closed"));

    assertThat(stopped).hasSize(1);
    assertThat(stopped.get(0).getError()).isNotNull();
  }

  @Test
  void aMeterRegistryTakesTheObservationsOfBothRolesToo() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));

    SampleEvents.ofSession().forEach(Metrics.observer(meters)::onEvent);
    SampleEvents.ofSession().forEach(observations::onEvent);

    assertThat(meters.get("sluice.transfer").tag("direction", "received").timer().count())
        .isEqualTo(1);
  }

  private static Observation.ContextView parent(Observation.Context context) {
    return Objects.requireNonNull(context.getParentObservation()).getContextView();
  }

  private static String value(Observation.Context context, String key) {
    return context.getLowCardinalityKeyValue(key).getValue();
  }
}
