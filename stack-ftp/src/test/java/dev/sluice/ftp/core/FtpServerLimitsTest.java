package dev.sluice.ftp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.TimedOut;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.FtpServerLimits;
import dev.sluice.test.Conforms;
import dev.sluice.transport.ProtocolCore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may use of a control connection, and what happens beyond. */
final class FtpServerLimitsTest {

  @Test
  @Conforms("FTP-013")
  void aLineOverTheLimitHasOneReplyAndTheNextCommandWorks() {
    ServerProbe probe = ServerProbe.loggedIn();

    probe.send("RETR " + "x".repeat(1_000_000) + "\r\nNOOP\r\n");

    assertThat(probe.codes()).containsExactly(500);
    assertThat(probe.events()).containsExactly("RETR!500", "NOOP");
  }

  @Test
  @Conforms("FTP-013")
  void theLimitIsLowerBeforeLogin() {
    ServerProbe probe = new ServerProbe();
    probe.core.greet(FtpReply.of(220, "ready"));
    String line = "USER " + "x".repeat(2_000) + "\r\n";

    probe.send(line);
    assertThat(probe.codes()).containsExactly(220, 500);

    probe.core.loggedIn(true);
    probe.send(line);
    assertThat(probe.codes()).isEmpty();
  }

  @Test
  @Conforms("FTP-015")
  void aRunOfBadLinesEndsTheSession() {
    ServerProbe probe = ServerProbe.loggedIn(FtpServerLimits.DEFAULT.withBadLines(3));

    probe.send("\r\n\u0001\u0002\r\n\u00c3\u00a4\r\nNOOP\r\n");

    assertThat(probe.codes()).containsExactly(500, 500, 500, 421);
    assertThat(probe.core.wantsClose()).isTrue();
    assertThat(probe.core.wantsInput()).isFalse();
  }

  @Test
  @Conforms("FTP-015")
  void aGoodLineEndsTheRun() {
    ServerProbe probe = ServerProbe.loggedIn(FtpServerLimits.DEFAULT.withBadLines(3));

    for (int i = 0; i < 10; i++) {
      probe.send("\r\n\r\nNOOP\r\n");
      probe.serveAll();
    }

    assertThat(probe.core.wantsClose()).isFalse();
  }

  @Test
  @Conforms("FTP-015")
  void verbsThatAreOnlyNotOfferedNeverEndTheSession() {
    ServerProbe probe = ServerProbe.loggedIn();

    probe.send("LPRT x\r\n".repeat(50));

    assertThat(probe.codes()).hasSize(50).containsOnly(502);
    assertThat(probe.core.wantsClose()).isFalse();
  }

  /** Known attack: HTTP sent to an FTP port (CVE-2021-3618). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1", "POST /upload HTTP/1.1", "PUT /x HTTP/1.1", "OPTIONS * HTTP/1.1",
        "HEAD / HTTP/1.0", "CONNECT a:21 HTTP/1.1", "EHLO me", "SSH-2.0-OpenSSH_9.6"
      })
  @Conforms("FTP-014")
  void anotherProtocolEndsTheSessionAtItsFirstLine(String line) {
    ServerProbe probe = new ServerProbe();
    probe.core.greet(FtpReply.of(220, "ready"));
    probe.replies();

    probe.send(line + "\r\nHost: victim\r\nUSER a\r\nPASS b\r\n");

    assertThat(probe.codes()).containsExactly(421);
    assertThat(probe.core.wantsClose()).isTrue();
    assertThat(probe.events()).hasSize(1);
  }

  @Test
  @Conforms("FTP-031")
  void anIdleSessionEndsAfterTheIdleTime() {
    ServerProbe probe = ServerProbe.loggedIn();
    probe.pass(Duration.ofSeconds(200));
    probe.send("NOOP\r\n");
    probe.complete(200);
    probe.pass(Duration.ofSeconds(299));
    assertThat(probe.codes()).containsExactly(200);
    assertThat(probe.core.nextDeadlineNanos()).isEqualTo(Duration.ofSeconds(500).toNanos());

    probe.pass(Duration.ofSeconds(1));

    assertThat(probe.codes()).containsExactly(421);
    assertThat(probe.core.wantsClose()).isTrue();
    assertThat(probe.core.wantsInput()).isFalse();
  }

  @Test
  @Conforms("FTP-031")
  void aTransferIsNeverIdle() {
    ServerProbe probe = ServerProbe.loggedIn();
    probe.send("RETR f\r\n");
    assertThat(probe.core.nextDeadlineNanos()).isEqualTo(ProtocolCore.NO_DEADLINE);

    probe.pass(Duration.ofDays(1));
    probe.complete(226);
    assertThat(probe.codes()).containsExactly(226);

    probe.pass(Duration.ofSeconds(299));
    assertThat(probe.core.wantsClose()).isFalse();
    probe.pass(Duration.ofSeconds(1));
    assertThat(probe.codes()).containsExactly(421);
  }

  @Test
  @Conforms("FTP-031")
  void aLoginThatTakesTooLongEndsTheSessionHoweverBusyItIs() {
    ServerProbe probe = new ServerProbe();
    probe.core.greet(FtpReply.of(220, "ready"));

    for (int second = 0; second < 59; second++) {
      probe.pass(Duration.ofSeconds(1));
      probe.send("NOOP\r\n");
      probe.serveAll();
    }
    assertThat(probe.core.wantsClose()).isFalse();
    probe.pass(Duration.ofSeconds(1));

    assertThat(probe.replies()).containsExactly("421 Login took too long");
  }

  @Test
  void reinOfAClientThatHasNotLoggedInDoesNotMoveTheDeadline() {
    ServerProbe probe = new ServerProbe();
    probe.core.greet(FtpReply.of(220, "ready"));
    for (int i = 0; i < 3; i++) {
      probe.pass(Duration.ofSeconds(19));
      probe.send("REIN\r\n");
      probe.core.loggedIn(false);
      probe.complete(220);
    }
    probe.codes();

    probe.pass(Duration.ofSeconds(4));

    assertThat(probe.codes()).containsExactly(421);
  }

  @Test
  void aClientThatReadsNoRepliesCannotOutliveTheEndOfItsSession() {
    ServerProbe probe = new ServerProbe();
    probe.core.greet(FtpReply.of(220, "ready"));
    probe.pass(Duration.ofSeconds(60));
    assertThat(probe.core.wantsClose()).isFalse(); // the replies wait for the socket

    assertThat(probe.core.nextDeadlineNanos()).isLessThan(ProtocolCore.NO_DEADLINE);
    assertThatThrownBy(() -> probe.pass(Duration.ofSeconds(10))).isInstanceOf(TimedOut.class);
  }

  @Test
  @Conforms("FTP-031")
  void octetsThatCompleteNoCommandDoNotKeepASessionAlive() {
    ServerProbe probe = ServerProbe.loggedIn();

    for (int i = 0; i < 299; i++) {
      probe.pass(Duration.ofSeconds(1));
      probe.send("x");
    }
    probe.pass(Duration.ofSeconds(1));

    assertThat(probe.codes()).containsExactly(421);
  }

  @Test
  @Conforms("FTP-016")
  void readingStopsWhenTheQueueIsFullAndGoesOnWhenItIsNot() {
    ServerProbe probe = ServerProbe.loggedIn();
    probe.send("CWD a\r\n");
    assertThat(probe.core.wantsInput()).isTrue();

    probe.send("PWD\r\n".repeat(FtpServerLimits.DEFAULT.queuedCommands()));
    assertThat(probe.core.wantsInput()).isFalse();

    probe.complete(250);
    assertThat(probe.core.wantsInput()).isTrue();
    assertThat(probe.serveAll()).hasSize(FtpServerLimits.DEFAULT.queuedCommands() + 1);
  }

  @Test
  @Conforms("FTP-016")
  void readingStopsWhileTheClientTakesNoReplies() {
    ServerProbe probe = ServerProbe.loggedIn();

    probe.send("LPRT x\r\n".repeat(64));
    assertThat(probe.core.wantsInput()).isFalse();
    probe.codes();

    assertThat(probe.core.wantsInput()).isTrue();
  }

  /** Known attack: ABOR storms (CVE-2020-9273). */
  @Test
  @Conforms("FTP-017")
  void aStormOfAborsIsBoundedLikeAnyOtherQueue() {
    ServerProbe probe = ServerProbe.loggedIn();
    probe.send("RETR f\r\n");

    probe.send("ABOR\r\n".repeat(FtpServerLimits.DEFAULT.queuedCommands() + 1));

    assertThat(probe.core.wantsInput()).isFalse();
    probe.complete(426);
    List<Integer> codes = probe.serveAll();
    assertThat(codes).hasSize(FtpServerLimits.DEFAULT.queuedCommands() + 2);
  }
}
