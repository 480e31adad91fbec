package dev.sluice.ftp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.ftp.AbortPolicy;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import dev.sluice.test.Conforms;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AbortStateTest {
  private static final Duration GRACE = Duration.ofSeconds(1);

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "426 cut off, 226 aborted", // RFC 959 section 4.1.3
    "426 cut off, 225 aborted",
    "226 all sent, 226 nothing to abort",
    "226 all sent, 225 nothing to abort",
    "226 aborted, 426 cut off", // in the other order
    "226 all sent, 500 what?",
    "426 cut off, 502 no",
    "451 read error, 225 aborted",
    "250 all sent, 226 aborted",
    "550 no such file, 225 nothing to abort"
  })
  @Conforms({"FTP-105", "FTP-106", "FTP-107"})
  void twoRepliesEndAnAbort(String first, String second) {
    CoreProbe probe = CoreProbe.transferring();
    probe.core.abandon();
    assertThat(probe.sent()).isEqualTo("ABOR|");

    probe.hears(first);
    assertThat(probe.core.isIdle()).isFalse();
    probe.hears(second);

    assertThat(probe.events()).containsExactly("settled");
    assertThat(probe.core.isIdle()).isTrue();
    assertThat(probe.sent()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"226 aborted", "426 cut off", "225 aborted", "500 what?", "502 no"})
  @Conforms("FTP-107")
  void aServerOfOneReplyIsBroughtBackInStepByNoop(String only) {
    CoreProbe probe = CoreProbe.transferring();
    probe.core.abandon();
    probe.sent();

    probe.hears(only);
    assertThat(probe.sent()).isEmpty();
    probe.waits(GRACE);
    assertThat(probe.sent()).isEqualTo("NOOP|");
    probe.hears("200 ok");

    assertThat(probe.core.isIdle()).isTrue();
  }

  @Test
  @Conforms("FTP-107")
  void aSlowSecondReplyMayComeBehindTheNoop() {
    CoreProbe probe = CoreProbe.transferring();
    probe.core.abandon();

    probe.hears("426 cut off").waits(GRACE).hears("226 aborted", "200 ok");

    assertThat(probe.core.isIdle()).isTrue();
  }

  @Test
  @Conforms("FTP-107")
  void aServerThatSaysNothingToAnAbortLosesTheSession() {
    CoreProbe probe = CoreProbe.transferring();
    probe.core.abandon();

    assertThatThrownBy(() -> probe.waits(Duration.ofSeconds(30)))
        .isInstanceOfSatisfying(
            TimedOut.class, timedOut -> assertThat(timedOut.step()).isEqualTo("reply to ABOR"));
  }

  @Test
  @Conforms("FTP-107")
  void aServerThatDoesNotAnswerTheNoopLosesTheSession() {
    CoreProbe probe = CoreProbe.transferring();
    probe.core.abandon();
    probe.hears("426 cut off").waits(GRACE);

    assertThatThrownBy(() -> probe.waits(Duration.ofSeconds(30))).isInstanceOf(TimedOut.class);
  }

  @Test
  void threeRepliesAreOneTooMany() {
    CoreProbe probe = CoreProbe.transferring();
    probe.core.abandon();
    probe.hears("426 cut off", "226 aborted");

    assertThatThrownBy(() -> probe.hears("226 aborted again")).isInstanceOf(PeerMisbehaved.class);
  }

  @Test
  @Conforms("FTP-107")
  void anAbortBeforeTheFirstReplyTakesItIn() {
    CoreProbe probe = CoreProbe.greeted().does(new OnPath(Verb.STOR, "/f"));
    probe.sent();
    probe.core.abandon();
    assertThat(probe.sent()).isEqualTo("ABOR|");

    probe.hears("150 send it", "426 cut off", "226 aborted");

    assertThat(probe.events()).containsExactly("settled");
  }

  @Test
  @Conforms("FTP-033")
  void keepAlivesAreCountedThroughAnAbort() {
    CoreProbe probe = CoreProbe.transferring();
    probe.waits(Duration.ofSeconds(60)).waits(Duration.ofSeconds(60));
    probe.core.abandon();
    assertThat(probe.sent()).isEqualTo("NOOP|NOOP|ABOR|");

    probe.hears("200 ok", "426 cut off", "200 ok", "226 aborted");

    assertThat(probe.core.isIdle()).isTrue();
  }

  @Test
  @Conforms("FTP-033")
  void keepAlivesMayBeAnsweredBehindAnAbort() {
    CoreProbe probe = CoreProbe.transferring().waits(Duration.ofSeconds(60));
    probe.core.abandon();

    probe.hears("426 cut off", "226 aborted");
    assertThat(probe.core.isIdle()).isFalse();
    probe.hears("200 ok");

    assertThat(probe.core.isIdle()).isTrue();
  }

  @Test
  void aCommandWithoutDataIsNotAbortedButAwaited() {
    CoreProbe probe = CoreProbe.greeted().does(new OnPath(Verb.MKD, "/d"));
    probe.sent();
    probe.core.abandon();

    assertThat(probe.sent()).isEmpty();
    probe.hears("257 \"/d\"");
    assertThat(probe.core.isIdle()).isTrue();
  }

  @Test
  void aTransferWhoseDataHaveEndedIsAwaitedAndNotAborted() {
    CoreProbe probe = CoreProbe.transferring();
    probe.core.dataEnded();
    probe.core.abandon();

    assertThat(probe.sent()).isEmpty();
    probe.hears("226 done");
    assertThat(probe.core.isIdle()).isTrue();
  }

  @Test
  @Conforms("FTP-011")
  void theInterruptPolicySendsTelnetCodesFirst() {
    CoreProbe probe = new CoreProbe(CoreProbe.LIMITS, AbortPolicy.INTERRUPT);
    probe.hears("220 ready").does(new OnPath(Verb.RETR, "/f")).hears("150 go");
    probe.sent();
    probe.core.abandon();

    assertThat(probe.sent()).isEqualTo("\u00ff\u00f4\u00ff\u00f2ABOR|");
  }

  @Test
  void thePolicyWithoutCommandAwaitsTheFinalReply() {
    CoreProbe probe = new CoreProbe(CoreProbe.LIMITS, AbortPolicy.CLOSE_DATA);
    probe.hears("220 ready").does(new OnPath(Verb.RETR, "/f"));
    probe.sent();
    probe.core.abandon();
    probe.hears("150 go", "426 cut off");

    assertThat(probe.sent()).isEmpty();
    assertThat(probe.core.isIdle()).isTrue();
  }

  @Test
  void theEndOfTheConnectionAndServiceClosingEndAnAbortToo() {
    for (List<String> before : List.of(List.<String>of(), List.of("426 cut off"))) {
      CoreProbe probe = CoreProbe.transferring();
      probe.core.abandon();
      before.forEach(probe::hears);
      assertThatThrownBy(probe.core::inputClosed).isInstanceOf(SessionClosed.class);
      assertThatThrownBy(() -> probe.hears("421 bye")).isInstanceOf(SessionClosed.class);
    }
  }
}
