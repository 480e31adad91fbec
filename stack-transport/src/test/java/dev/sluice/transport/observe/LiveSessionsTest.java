package dev.sluice.transport.observe;

import static dev.sluice.test.SampleEvents.SESSION;
import static dev.sluice.test.SampleEvents.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.transport.observe.LiveSessions.LiveSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

final class LiveSessionsTest {
  private final Instant now = Instant.parse("2026-11-30T12:00:00Z");
  private final LiveSessions live = new LiveSessions(Clock.fixed(now, ZoneOffset.UTC));

  @Test
  void aSessionIsListedWithItsUserWhileItIsOpen() {
    live.onEvent(new SessionEvent.Connected(SESSION.withUser(null)));
    assertThat(live.sessions()).extracting(s -> s.session().user()).containsOnlyNulls();

    live.onEvent(new SessionEvent.LoggedIn(SESSION));
    assertThat(live.sessions())
        .singleElement()
        .satisfies(session -> assertThat(session.session()).isEqualTo(SESSION))
        .satisfies(session -> assertThat(session.since()).isEqualTo(now));

    live.onEvent(new SessionEvent.Closed(SESSION, Outcome.COMPLETE, "closed"));
    assertThat(live.sessions()).isEmpty();
  }

  @Test
  void aTransferIsListedWithWhatHasMoved() {
    AtomicLong moved = new AtomicLong(3);
    live.onEvent(new SessionEvent.Connected(SESSION));
    live.onEvent(new SessionEvent.TransferStarted(SESSION, TRANSFER, moved::get, Context.empty()));
    moved.set(8);

    assertThat(live.sessions())
        .flatExtracting(LiveSession::transfers)
        .singleElement()
        .satisfies(transfer -> assertThat(transfer.octets()).isEqualTo(8))
        .satisfies(transfer -> assertThat(transfer.transfer()).isEqualTo(TRANSFER));

    live.onEvent(
        new SessionEvent.TransferEnded(
            SESSION, TRANSFER, Outcome.CANCELLED, 8, Duration.ZERO, null));
    assertThat(live.sessions()).flatExtracting(LiveSession::transfers).isEmpty();
  }

  @Test
  void whatWasNeverConnectedIsNotListed() {
    live.onEvent(new SessionEvent.Connecting(SESSION, Context.empty()));
    live.onEvent(new SessionEvent.ConnectFailed(SESSION, Outcome.CANCELLED, Duration.ZERO));

    assertThat(live.sessions()).isEmpty();
  }
}
