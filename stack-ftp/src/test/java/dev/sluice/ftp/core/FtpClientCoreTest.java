package dev.sluice.ftp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileFailure;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Raw;
import dev.sluice.ftp.command.Secret;
import dev.sluice.ftp.command.Verb;
import dev.sluice.test.Chunks;
import dev.sluice.test.Conforms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FtpClientCoreTest {
  private static final OnPath TIME = new OnPath(Verb.MDTM, "a");
  private static final OnPath FROM = new OnPath(Verb.RNFR, "a");
  private static final OnPath TO = new OnPath(Verb.RNTO, "b");

  @Test
  @Conforms("FTP-026")
  void nothingIsSaidBeforeTheGreeting() {
    CoreProbe probe = new CoreProbe();

    assertThat(probe.sent()).isEmpty();
    assertThatThrownBy(() -> probe.does(Verb.FEAT)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @Conforms("FTP-026")
  void aDelayedGreetingIsWaitedFor() {
    CoreProbe probe = new CoreProbe();

    probe.waits(Duration.ofSeconds(9)).hears("120 in a minute").waits(Duration.ofSeconds(9));
    probe.hears("220 ready");

    assertThat(probe.events()).containsExactly("greeted 220", "settled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"230 already in", "200 ok", "150 data", "331 name?", "500 no", "530 no"})
  void aGreetingOtherThan220IsAFault(String greeting) {
    assertThatThrownBy(() -> new CoreProbe().hears(greeting))
        .isInstanceOf(PeerMisbehaved.class)
        .hasMessageContaining(greeting);
  }

  @Test
  @Conforms("FTP-027")
  void serviceClosingIsUnderstoodAtTheGreeting() {
    assertThatThrownBy(() -> new CoreProbe().hears("421 too many users"))
        .isInstanceOf(SessionClosed.class)
        .hasMessageContaining("too many users");
  }

  @Test
  @Conforms("FTP-027")
  void serviceClosingIsUnderstoodInsteadOfAnyReply() {
    List<CoreProbe> everywhere =
        List.of(
            CoreProbe.greeted(),
            CoreProbe.greeted().does(Verb.PWD),
            CoreProbe.greeted().does(new OnPath(Verb.RETR, "/f")),
            CoreProbe.transferring());
    for (CoreProbe probe : everywhere) {
      assertThatThrownBy(() -> probe.hears("421 going down"))
          .isInstanceOf(SessionClosed.class)
          .hasMessageContaining("going down");
    }
  }

  @Test
  void theReplyBeforeServiceClosingIsNotLost() {
    CoreProbe probe = CoreProbe.greeted().does(new Secret(Verb.PASS, "x"));

    assertThatThrownBy(() -> probe.hears("530 wrong", "421 bye")).isInstanceOf(SessionClosed.class);

    assertThat(probe.events()).containsExactly("answered 530", "settled");
  }

  @Test
  @Conforms({"FTP-002", "FTP-019"})
  void repliesAreTheSameHoweverTheyAreCut() {
    byte[] replies =
        "150-first\r\n150 second\r\n110 MARK 1 = 2\r\n226-a\r\n 226 b\r\n220 c\r\n226 end\r\n"
            .getBytes(StandardCharsets.UTF_8);
    Chunks.of(replies)
        .forEach(
            parts -> {
              CoreProbe probe = CoreProbe.greeted().does(new OnPath(Verb.RETR, "/f"));
              parts.forEach(probe::receives);
              assertThat(probe.events())
                  .containsExactly("started 150", "marker MARK 1 = 2", "answered 226", "settled");
            });
  }

  @Test
  @Conforms("FTP-024")
  void aReplyThatNobodyAskedForPoisonsTheSession() {
    assertThatThrownBy(() -> CoreProbe.greeted().hears("200 surprise"))
        .isInstanceOf(PeerMisbehaved.class)
        .hasMessageContaining("surprise");
  }

  @Test
  @Conforms("FTP-024")
  void aSecondReplyInTheSameSegmentPoisonsTheSession() {
    CoreProbe probe = CoreProbe.greeted().does(Verb.PWD);

    assertThatThrownBy(() -> probe.hears("257 \"/\"", "200 and more"))
        .isInstanceOf(PeerMisbehaved.class);
  }

  @Test
  @Conforms("FTP-024")
  void aCommandIsNotSentIntoTheMiddleOfASurplusReply() {
    CoreProbe probe = CoreProbe.greeted();
    probe.sent();
    probe.receives("200".getBytes(StandardCharsets.US_ASCII));

    assertThatThrownBy(() -> probe.does(Verb.PWD)).isInstanceOf(PeerMisbehaved.class);
    assertThat(probe.sent()).isEmpty();
  }

  @Test
  @Conforms({"FTP-018", "FTP-023"})
  void aSecondPreliminaryReplyIsAFault() {
    assertThatThrownBy(() -> CoreProbe.transferring().hears("150 again"))
        .isInstanceOf(PeerMisbehaved.class);
  }

  @Test
  @Conforms("FTP-072")
  void anyNumberOfMarkersMayComeDuringATransfer() {
    CoreProbe probe = CoreProbe.transferring();

    probe.hears("110 MARK a = b", "110 MARK c = d", "226 done");

    assertThat(probe.events())
        .containsExactly("marker MARK a = b", "marker MARK c = d", "answered 226", "settled");
  }

  @Test
  @Conforms("FTP-022")
  void aLineThatIsNoReplyEndsTheSession() {
    for (String line : List.of("hello", "600 x", "099 x", "20x y", "2000 y", "")) {
      CoreProbe probe = CoreProbe.greeted().does(Verb.PWD);
      assertThatThrownBy(() -> probe.hears(line)).isInstanceOf(PeerMisbehaved.class);
    }
  }

  @Test
  @Conforms("FTP-021")
  void aLineWithoutAnEndEndsTheSessionWhenItPassesTheLimit() {
    CoreProbe probe = new CoreProbe();
    probe.receives("220 ".concat("x".repeat(252)).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> probe.receives(new byte[] {'x'}))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("256 octets")
        .hasMessageContaining("replyLineOctets");
  }

  @Test
  @Conforms("FTP-021")
  void linesWithoutAnEndEndTheSessionWhenTheyPassTheLimit() {
    CoreProbe probe = new CoreProbe();
    probe.hears("220-1", "220-2", "220-3", "220-4", "220-5");

    assertThatThrownBy(() -> probe.hears("220-6"))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("5 lines")
        .hasMessageContaining("replyLines");
  }

  @Test
  void aReplyOctetByOctetHasTheTimeOfOneThatDoesNotCome() {
    CoreProbe probe = CoreProbe.greeted();
    probe.does(Verb.NOOP);
    for (int second = 1; second < 20; second++) {
      probe.waits(Duration.ofSeconds(1)).receives(new byte[] {'2'});
    }

    assertThatThrownBy(() -> probe.waits(Duration.ofSeconds(1))).isInstanceOf(TimedOut.class);
  }

  @Test
  void aReplyLineByLineHasFiveTimesTheTimeOfOneLine() {
    CoreProbe probe = CoreProbe.greeted();
    probe.does(Verb.NOOP);
    for (int line = 1; line <= 5; line++) {
      probe.waits(Duration.ofSeconds(18)).hears("200-" + line);
    }

    assertThatThrownBy(() -> probe.waits(Duration.ofSeconds(10))).isInstanceOf(TimedOut.class);
  }

  @Test
  void aReplyThatEndsWithAnotherCodeIsTakenAfterASecondOfSilence() {
    CoreProbe probe = CoreProbe.greeted();
    probe.does(Verb.NOOP).hears("200-by the gateway", "250 done");
    assertThat(probe.events()).isEmpty();

    probe.waits(Duration.ofMillis(1001));

    assertThat(probe.events()).containsExactly("answered 250", "settled");
  }

  @Test
  void aLineOfTextThatBeginsWithAnotherCodeEndsNothingWhenMoreFollows() {
    CoreProbe probe = CoreProbe.greeted();
    probe.does(Verb.NOOP).hears("211-status", "213 files");
    probe.waits(Duration.ofMillis(500)).hears(" more", "211 end");

    assertThat(probe.events()).containsExactly("answered 211", "settled");
  }

  @Test
  void aCodeAloneIsTheLastLineOfAReply() {
    CoreProbe probe = CoreProbe.greeted();
    probe.does(Verb.NOOP).hears("200-first", "200");

    assertThat(probe.events()).containsExactly("answered 200", "settled");
  }

  @Test
  void theFinalReplyOfATransferIsKeptAliveUntilItComes() {
    CoreProbe probe = CoreProbe.transferring();
    probe.core.dataEnded();

    probe.waits(Duration.ofSeconds(19));
    assertThat(probe.core.nextDeadlineNanos()).isEqualTo(Duration.ofSeconds(20).toNanos());
  }

  @Test
  @Conforms("FTP-030")
  void theEndOfTheConnectionAtAnyOctetOfAReplyIsAnError() {
    byte[] reply = "150 go\r\n226 done\r\n".getBytes(StandardCharsets.US_ASCII);
    for (int length = 0; length < reply.length; length++) {
      CoreProbe probe = CoreProbe.greeted().does(new OnPath(Verb.RETR, "/f"));
      probe.core.dataEnded();
      probe.receives(Arrays.copyOf(reply, length));
      assertThatThrownBy(probe.core::inputClosed)
          .isInstanceOf(SessionClosed.class)
          .hasMessageContaining("reply to RETR");
    }
  }

  @Test
  @Conforms("FTP-027")
  void theEndOfAnIdleConnectionEndsTheSessionInOrder() {
    CoreProbe probe = CoreProbe.greeted();

    probe.core.inputClosed();

    assertThat(probe.core.wantsClose()).isTrue();
  }

  @Test
  @Conforms("FTP-032")
  void aMissingGreetingIsNamed() {
    assertThatThrownBy(() -> new CoreProbe().waits(Duration.ofSeconds(10)))
        .isInstanceOfSatisfying(
            TimedOut.class, timedOut -> assertThat(timedOut.step()).isEqualTo("greeting"));
  }

  @Test
  @Conforms("FTP-032")
  void aMissingReplyIsNamedWithoutTheSecret() {
    CoreProbe probe = CoreProbe.greeted().does(new Secret(Verb.PASS, "hidden"));

    assertThatThrownBy(() -> probe.waits(Duration.ofSeconds(20)))
        .isInstanceOfSatisfying(
            TimedOut.class, timedOut -> assertThat(timedOut.step()).isEqualTo("reply to PASS"));
  }

  @Test
  @Conforms("FTP-032")
  void theFinalReplyIsAwaitedFromTheEndOfTheData() {
    CoreProbe probe = CoreProbe.transferring();
    probe.waits(Duration.ofSeconds(59));
    probe.core.dataEnded();
    probe.waits(Duration.ofSeconds(19));

    assertThatThrownBy(() -> probe.waits(Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            TimedOut.class,
            timedOut -> assertThat(timedOut.step()).isEqualTo("final reply to RETR"));
  }

  @Test
  @Conforms("FTP-194")
  void linesOfAnUnfinishedReplyShowThatTheServerLives() {
    CoreProbe probe = CoreProbe.greeted().does(new OnPath(Verb.HASH, "/f"));

    for (int i = 0; i < 5; i++) {
      probe.waits(Duration.ofSeconds(15)).hears("213-still at it");
    }
    probe.waits(Duration.ofSeconds(15)).hears("213 SHA-256 0-1 ab /f");

    assertThat(probe.events()).containsExactly("answered 213", "settled");
  }

  @Test
  void aReplyWithoutEndEndsTheSessionHoweverSlowlyItComes() {
    CoreProbe probe = CoreProbe.greeted().does(Verb.FEAT);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                probe.waits(Duration.ofSeconds(15)).hears("211-more");
              }
            })
        .isInstanceOf(LimitExceeded.class);
  }

  @Test
  @Conforms("FTP-033")
  void aKeepAliveReplyIsNotTakenForTheEndOfTheTransfer() {
    for (String answer : List.of("200 ok", "500 what?", "502 no")) {
      CoreProbe probe = CoreProbe.transferring().waits(Duration.ofSeconds(60));
      assertThat(probe.sent()).isEqualTo("NOOP|");

      probe.hears(answer);
      assertThat(probe.events()).isEmpty();

      probe.hears("226 done");
      assertThat(probe.events()).containsExactly("answered 226", "settled");
    }
  }

  @Test
  @Conforms("FTP-033")
  void aKeepAliveReplyMayComeBehindTheEndOfTheTransfer() {
    CoreProbe probe = CoreProbe.transferring();
    probe.waits(Duration.ofSeconds(60)).waits(Duration.ofSeconds(60));
    assertThat(probe.sent()).isEqualTo("NOOP|NOOP|");

    probe.hears("226 done");
    assertThat(probe.events()).containsExactly("answered 226");
    assertThat(probe.core.isIdle()).isFalse();

    probe.hears("200 ok", "200 ok");
    assertThat(probe.events()).containsExactly("settled");
    assertThat(probe.core.isIdle()).isTrue();
  }

  @Test
  @Conforms("FTP-033")
  void anUnansweredKeepAliveIsAnErrorInTheEnd() {
    CoreProbe probe = CoreProbe.transferring().waits(Duration.ofSeconds(60)).hears("226 done");

    assertThatThrownBy(() -> probe.waits(Duration.ofSeconds(20)))
        .isInstanceOfSatisfying(
            TimedOut.class, timedOut -> assertThat(timedOut.step()).isEqualTo("reply to NOOP"));
  }

  @Test
  @Conforms({"FTP-006", "FTP-028"})
  void aLineFeedInAnArgumentIsRefusedBeforeAnythingIsWritten() {
    for (String path : List.of("/a\nDELE /b", "/a\r\nDELE /b", "/a\0b")) {
      CoreProbe probe = CoreProbe.greeted();
      assertThatThrownBy(() -> probe.does(new OnPath(Verb.RETR, path)))
          .isInstanceOf(FileFailure.class);
      assertThat(probe.sent()).isEmpty();
      assertThat(probe.core.isIdle()).isTrue();
    }
  }

  @Test
  @Conforms({"FTP-001", "FTP-004", "FTP-005", "FTP-007"})
  void namesTravelOctetForOctet() {
    CoreProbe probe = CoreProbe.greeted().does(new OnPath(Verb.STOR, "  a\rb \udcff "));

    assertThat(probe.sent()).isEqualTo("STOR   a\r\0b \u00ff\u00ff |");
  }

  @Test
  @Conforms("FTP-034")
  void secretsAreMaskedInTheTrace() {
    CoreProbe probe = CoreProbe.greeted();
    probe.does(new Secret(Verb.PASS, "hidden")).hears("230 in");
    probe.does(new Secret(Verb.ACCT, "hidden")).hears("230 in");
    probe.does(new Raw("pass hidden")).hears("230 in");

    assertThat(probe.trace).contains("> PASS ****", "< 230 in").noneMatch(x -> x.contains("hid"));
  }

  @Test
  @Conforms("FTP-009")
  void telnetOptionsInAReplyAreStrippedAndNotAnswered() {
    CoreProbe probe = CoreProbe.greeted().does(Verb.PWD);
    probe.sent();
    probe.receives(
        new byte[] {(byte) 0xFF, (byte) 0xFD, 1, '2', '5', (byte) 0xFF, (byte) 0xFB, 3, '7'});
    probe.receives(" \"/\"\r\n".getBytes(StandardCharsets.US_ASCII));

    assertThat(probe.events()).containsExactly("answered 257", "settled");
    assertThat(probe.sent()).isEmpty();
  }

  @Test
  void theServerMayCloseInsteadOfSayingGoodbye() {
    CoreProbe probe = CoreProbe.greeted();
    probe.core.quit();
    assertThat(probe.sent()).isEqualTo("QUIT|");

    probe.core.inputClosed();

    assertThat(probe.core.wantsClose()).isTrue();
  }

  @Test
  void nothingBehindTheGoodbyeIsLookedAt() {
    CoreProbe probe = CoreProbe.greeted();
    probe.core.quit();

    probe.hears("221 bye", "200 and another thing", "rubbish");

    assertThat(probe.events()).containsExactly("answered 221");
    assertThat(probe.core.wantsClose()).isTrue();
  }

  @Test
  void aReplyOfThreeDigitsIsAccepted() {
    CoreProbe probe = CoreProbe.greeted().does(Verb.PWD).hears("257");

    assertThat(probe.events()).containsExactly("answered 257", "settled");
    assertThat(FtpReply.of(257, "").isCompletion()).isTrue();
  }

  @Test
  void severalCommandsGoOutAtOnceAndEachIsAnswered() {
    CoreProbe probe = CoreProbe.greeted();
    probe.core.execute(List.of(TIME, FROM, TO));
    assertThat(probe.sent()).isEqualTo("MDTM a|RNFR a|RNTO b|");
    assertThat(probe.hears("213 20261201084941").events()).containsExactly("answered 213");
    assertThat(probe.hears("350 go on").events()).containsExactly("answered 350");
    assertThat(probe.core.isIdle()).isFalse();
    assertThat(probe.hears("250 renamed").events()).containsExactly("answered 250", "settled");
  }

  @Test
  void refusalOfOneOfSeveralCommandsIsNotThatOfTheNext() {
    CoreProbe probe = CoreProbe.greeted();
    probe.core.execute(List.of(FROM, TO));
    assertThat(probe.hears("550 no such file").events()).containsExactly("answered 550");
    assertThat(probe.hears("503 RNFR first").events()).containsExactly("answered 503", "settled");
    assertThat(probe.does(Verb.NOOP).hears("200 fine").events()).contains("answered 200");
  }

  @Test
  void noneOfSeveralCommandsHasAPreliminaryReplyButTheLast() {
    CoreProbe probe = CoreProbe.greeted();
    probe.core.execute(List.of(TIME, FROM, TO));
    assertThatThrownBy(() -> probe.hears("150 data come")).isInstanceOf(PeerMisbehaved.class);
  }

  @Test
  void ofSeveralAbandonedCommandsAllRepliesAreAwaited() {
    CoreProbe probe = CoreProbe.greeted();
    probe.core.execute(List.of(FROM, TO));
    probe.core.abandon();
    assertThat(probe.hears("350 go on").events()).doesNotContain("settled");
    assertThat(probe.hears("250 renamed").events()).contains("settled");
  }

  @Test
  void eachOfSeveralRepliesHasItsOwnDeadline() {
    CoreProbe probe = CoreProbe.greeted();
    probe.core.execute(List.of(TIME, FROM, TO));
    probe.waits(Duration.ofSeconds(15)).hears("213 20261201084941");
    probe.waits(Duration.ofSeconds(15)).hears("350 go on").waits(Duration.ofSeconds(15));
    assertThatThrownBy(() -> probe.waits(Duration.ofSeconds(6)))
        .isInstanceOf(TimedOut.class)
        .hasMessageContaining("RNTO");
  }

  @Test
  void noneOfSeveralCommandsIsSentWhenOneCannotBeWritten() {
    CoreProbe probe = CoreProbe.greeted();
    OnPath broken = new OnPath(Verb.RNTO, "a\nb");
    assertThatThrownBy(() -> probe.core.execute(List.of(FROM, broken)))
        .isInstanceOf(FileFailure.class);
    assertThat(probe.sent()).isEmpty();
    assertThat(probe.core.isIdle()).isTrue();
  }
}
