package dev.sluice.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SessionLogTest {

  private static final SessionRef SESSION =
      new SessionRef(
          7,
          SessionRef.Role.SERVER,
          "ftp",
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711),
          null);

  @Test
  void aFailedLoginNamesTheAddressAheadOfWhatTheClientChose() {
    assertThat(SessionLog.line(new SessionEvent.LoginRefused(SESSION, "x\nfrom 192.0.2.1")))
        .isEqualTo("session 7: login refused from 127.0.0.1: user x\\x0afrom 192.0.2.1");
  }

  @Test
  void aNameCannotTurnTheRestOfTheLineRound() {
    assertThat(SessionLog.line(new SessionEvent.LoginRefused(SESSION, "x\u202e\u2028y")))
        .isEqualTo("session 7: login refused from 127.0.0.1: user x\\u202e\\u2028y");
  }

  @Test
  void aBanNamesWhomAndHowLong() {
    assertThat(
            SessionLog.line(new SessionEvent.Banned(SESSION, "127.0.0.1", Duration.ofMinutes(5))))
        .isEqualTo(
            "session 7: banned 127.0.0.1 for 300 s: too many failed logins, the last from"
                + " 127.0.0.1");
  }

  @Test
  void aTransferTellsWhatMovedAndWhatCutIt() {
    assertThat(
            SessionLog.line(
                new SessionEvent.TransferEnded(
                    SESSION,
                    new TransferRef(1, TransferRef.Direction.SENT, RemotePath.of("/a\nb")),
                    Outcome.failed(new SessionClosed("cut")),
                    5,
                    Duration.ofMillis(3),
                    null)))
        .isEqualTo("session 7: sent 5 octets of /a\\x0ab in 3 ms, failed: cut");
  }
}
