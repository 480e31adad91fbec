package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.SessionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SessionLogTest {

  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

  @Test
  void aFailedLoginNamesTheAddressAheadOfWhatTheClientChose() {
    assertThat(SessionLog.line(new SessionEvent.LoginRefused(7, "x\nfrom 192.0.2.1", PEER)))
        .isEqualTo("session 7: login refused from 127.0.0.1: user x\\x0afrom 192.0.2.1");
  }

  @Test
  void aNameCannotTurnTheRestOfTheLineRound() {
    assertThat(SessionLog.line(new SessionEvent.LoginRefused(7, "x\u202e\u2028y", PEER)))
        .isEqualTo("session 7: login refused from 127.0.0.1: user x\\u202e\\u2028y");
  }

  @Test
  void aBanNamesWhomAndHowLong() {
    assertThat(
            SessionLog.line(new SessionEvent.Banned(7, "127.0.0.1", Duration.ofMinutes(5), PEER)))
        .isEqualTo(
            "session 7: banned 127.0.0.1 for 300 s: too many failed logins, the last from"
                + " 127.0.0.1");
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
