package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.SessionEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SessionLogTest {

  @Test
  void aNameForgesNoLine() {
    assertThat(SessionLog.line(new SessionEvent.LoginRefused(7, "x\nsession 8: root logged in")))
        .isEqualTo("session 7: x\\x0asession 8: root logged in refused");
  }

  @Test
  void aTransferTellsWhatMovedAndWhatCutIt() {
    assertThat(
            SessionLog.line(
                new SessionEvent.TransferEnded(
                    1, SessionEvent.Direction.SENT, 5, Duration.ofMillis(3), "cut")))
        .isEqualTo("session 1: sent 5 octets in 3 ms, failed: cut");
  }
}
