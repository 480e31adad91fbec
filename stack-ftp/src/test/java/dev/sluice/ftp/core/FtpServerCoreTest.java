package dev.sluice.ftp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.FtpReply;
import dev.sluice.test.Chunks;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FtpServerCoreTest {

  @Test
  @Conforms("FTP-026")
  void nothingIsCarriedOutBeforeTheGreeting() {
    ServerProbe probe = new ServerProbe();

    probe.send("USER x\r\n");
    assertThat(probe.events()).isEmpty();
    assertThat(probe.replies()).isEmpty();

    probe.core.greet(FtpReply.of(220, "ready"));
    assertThat(probe.replies()).containsExactly("220 ready");
    assertThat(probe.events()).containsExactly("USER x");
  }

  @Test
  @Conforms({"FTP-016", "FTP-023"})
  void pipelinedCommandsAreCarriedOutOneByOneAndAnsweredInOrder() {
    ServerProbe probe = ServerProbe.loggedIn();

    probe.send("CWD a\r\nXYZZY\r\nPWD\r\nRMD b\r\n");

    assertThat(probe.events()).containsExactly("CWD a");
    probe.complete(250);
    assertThat(probe.events()).containsExactly("?!500", "PWD");
    assertThat(probe.codes()).containsExactly(250, 500);
    probe.complete(257);
    probe.complete(550);
    assertThat(probe.codes()).containsExactly(257, 550);
  }

  @Test
  @Conforms({"FTP-002", "FTP-016", "FTP-023"})
  void theCutOfTheReadsDoesNotMatter() {
    byte[] wire =
        "USER a\r\nPASS b\r\n\r\nRETR x\r\nABOR\r\nNOOP\nBAD\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    assertThat(Chunks.buffers(wire)).allSatisfy(FtpServerCoreTest::assertServedInOrder);
  }

  private static void assertServedInOrder(List<ByteBuf> reads) {
    ServerProbe probe = ServerProbe.loggedIn();
    List<Integer> codes = new ArrayList<>();
    for (ByteBuf read : reads) {
      probe.receive(read);
    }
    codes.addAll(probe.serveAll());
    assertThat(codes).containsExactly(200, 200, 500, 200, 226, 211, 500);
  }

  @Test
  @Conforms({"FTP-017", "FTP-105"})
  void anAborCutsTheTransferAndIsAnsweredBehindIt() {
    ServerProbe probe = ServerProbe.loggedIn();
    probe.send("RETR f\r\n");
    probe.core.preliminary(FtpReply.of(150, "go"));
    probe.events();

    probe.send("ABOR\r\n");

    assertThat(probe.events()).containsExactly("interrupted");
    assertThat(probe.codes()).containsExactly(150);
    probe.complete(426);
    assertThat(probe.codes()).containsExactly(426, 226);
  }

  @Test
  @Conforms({"FTP-017", "FTP-002"})
  void anAborInTheReadOfItsTransferIsSeenAtOnce() {
    ServerProbe probe = ServerProbe.loggedIn();

    probe.send("RETR f\r\nDELE g\r\nABOR\r\n");

    assertThat(probe.events()).containsExactly("RETR f", "interrupted");
    probe.complete(426);
    assertThat(probe.codes()).containsExactly(426, 226);
    assertThat(probe.events()).containsExactly("DELE g");
  }

  @Test
  @Conforms("FTP-017")
  void anAborBehindATransferThatHadToWaitIsSeenWhenThatBegins() {
    ServerProbe probe = ServerProbe.loggedIn();

    probe.send("CWD a\r\nSTOR f\r\nABOR\r\nPWD\r\n");
    assertThat(probe.events()).containsExactly("CWD a");
    probe.complete(250);

    assertThat(probe.events()).containsExactly("STOR f", "interrupted");
    probe.complete(426);
    assertThat(probe.codes()).containsExactly(250, 426, 226);
    assertThat(probe.events()).containsExactly("PWD");
  }

  @Test
  @Conforms({"FTP-017", "FTP-106"})
  void anAborWithNothingRunningIsACommandLikeOthers() {
    ServerProbe probe = ServerProbe.loggedIn();

    probe.send("CWD a\r\nABOR\r\n");

    assertThat(probe.events()).containsExactly("CWD a");
    probe.complete(250);
    assertThat(probe.events()).containsExactly("ABOR");
  }

  @Test
  @Conforms({"FTP-017", "FTP-023", "FTP-107"})
  void everyAborHasOneReplyThoughTheTransferEndedMeanwhile() {
    ServerProbe probe = ServerProbe.loggedIn();
    probe.send("RETR f\r\n");

    probe.send("ABOR\r\nABOR\r\nABOR\r\n");
    probe.complete(226);
    assertThat(probe.codes()).containsExactly(226, 226);

    assertThat(probe.events()).containsExactly("RETR f", "interrupted", "ABOR");
    probe.complete(226);
    probe.complete(226);
    assertThat(probe.codes()).containsExactly(226, 226);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RETR f", "STOR f", "APPE f", "STOU", "LIST", "NLST", "MLSD", "HASH f"})
  @Conforms({"FTP-017", "FTP-049", "FTP-050", "FTP-194"})
  void noopAndStatAreAnsweredWhileATransferRunsAndAllElseWaits(String transfer) {
    ServerProbe probe = ServerProbe.loggedIn();
    probe.send(transfer + "\r\n");
    probe.events();

    probe.send("NOOP\r\nSTAT f\r\nPWD\r\nSTAT\r\nBAD\r\nQUIT\r\nNOOP\r\n");

    assertThat(probe.events()).containsExactly("NOOP?", "STAT?", "NOOP?");
    probe.core.answer(FtpReply.of(200, "here"));
    probe.core.answer(FtpReply.of(211, "here"));
    probe.core.answer(FtpReply.of(200, "here"));
    probe.complete(226);
    assertThat(probe.events()).containsExactly("STAT f");
    probe.complete(213);
    probe.complete(257);
    probe.complete(221);
    assertThat(probe.codes()).containsExactly(200, 211, 200, 226, 213, 257, 500, 221);
  }

  @Test
  @Conforms({"FTP-016", "FTP-017"})
  void nothingOvertakesAnInquiryWhenTheTransferEndsBeforeItIsAnswered() {
    ServerProbe probe = ServerProbe.loggedIn();

    probe.send("RETR f\r\nNOOP\r\nXYZZY\r\nPWD\r\n");
    probe.complete(550);
    assertThat(probe.codes()).containsExactly(550);
    assertThat(probe.events()).containsExactly("RETR f", "NOOP?");
    probe.core.answer(FtpReply.of(200, "here"));

    assertThat(probe.codes()).containsExactly(200, 500);
    assertThat(probe.events()).containsExactly("?!500", "PWD");
  }

  @Test
  @Conforms("FTP-028")
  void quitWaitsForTheTransferAndNothingIsCarriedOutBehindIt() {
    ServerProbe probe = ServerProbe.loggedIn();
    probe.send("STOR f\r\nQUIT\r\nDELE g\r\n");
    probe.complete(226);
    assertThat(probe.events()).containsExactly("STOR f", "QUIT");

    probe.core.close(FtpReply.of(221, "bye"));

    assertThat(probe.codes()).containsExactly(226, 221);
    assertThat(probe.events()).isEmpty();
    assertThat(probe.core.wantsClose()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "XYZZY, 500", "'', 500", "' NOOP', 500", "SMNT x, 502", "LPRT x, 502", "RETR f, 530",
    "RETR, 530", "PORT x, 530", "STOR a\0b, 530", "XCWD x, 530", "PASS a\0b, 501", "USER, 501",
    "REST x, 530", "PBSZ x, 501", "FEAT x, 501"
  })
  @Conforms({"FTP-005", "FTP-014", "FTP-015", "FTP-042", "FTP-109"})
  void beforeLoginEveryLineHasTheCodeOfItsFault(String line, int code) {
    ServerProbe probe = new ServerProbe();
    probe.core.greet(FtpReply.of(220, "ready"));
    probe.replies();

    probe.send(line + "\r\n");

    assertThat(probe.codes()).containsExactly(code);
    assertThat(probe.core.wantsClose()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "RETR, 501",
    "STOR a\0b, 501",
    "REST x, 501",
    "EPRT |3|a|1|, 522",
    "EPSV 9, 522",
    "MFMT x, 501"
  })
  @Conforms({"FTP-005", "FTP-014"})
  void afterLoginABadArgumentHasItsCode(String line, int code) {
    ServerProbe probe = ServerProbe.loggedIn();

    probe.send(line + "\r\n");

    assertThat(probe.codes()).containsExactly(code);
    assertThat(probe.events()).hasSize(1).first().asString().endsWith("!" + code);
  }

  @Test
  @Conforms({"FTP-001", "FTP-035"})
  void verbsAreKnownInAnyCaseAndByTheirOlderNames() {
    ServerProbe probe = ServerProbe.loggedIn();

    probe.send("xPwD\r\n");

    assertThat(probe.events()).containsExactly("XPWD");
  }

  @Test
  @Conforms("FTP-008")
  void optionsOfTelnetAreRefusedBetweenTheReplies() {
    ServerProbe probe = ServerProbe.loggedIn();

    probe.send("NO\u00ff\u00fd\u0018OP\r\n");

    assertThat(probe.events()).containsExactly("NOOP");
    assertThat(probe.replies()).containsExactly("\u00ff\u00fc\u0018");
  }

  @Test
  @Conforms("FTP-010")
  void anAborBehindAnInterruptSequenceCutsTheTransfer() {
    ServerProbe probe = ServerProbe.loggedIn();
    probe.send("RETR f\r\n");
    probe.events();

    probe.send("\u00ff\u00f4\u00ff\u00f2ABOR\r\n");

    assertThat(probe.events()).containsExactly("interrupted");
  }

  @Test
  @Conforms("FTP-029")
  void theEndOfTheConnectionDropsWhatWaits() {
    ServerProbe probe = ServerProbe.loggedIn();
    probe.send("RETR f\r\nDELE g\r\nDELE h\r\n");
    probe.events();

    probe.core.inputClosed();
    probe.complete(226);

    assertThat(probe.events()).isEmpty();
    assertThat(probe.core.wantsClose()).isTrue();
  }

  @Test
  @Conforms("FTP-023")
  void aLateEndOfWhatRanIsNoReply() {
    ServerProbe probe = ServerProbe.loggedIn();
    probe.send("RETR f\r\n");
    probe.complete(226);
    probe.codes();

    probe.complete(226);

    assertThat(probe.replies()).isEmpty();
  }

  @Test
  void aTraceShowsTheDialogueWithoutItsSecrets() {
    ServerProbe probe = new ServerProbe();
    probe.core.greet(new FtpReply(220, List.of("first", "last")));
    probe.send("USER ann\r\n");
    probe.core.complete(FtpReply.of(331, "password"));
    probe.send("PASS open-sesame\r\n");
    probe.core.complete(FtpReply.of(230, "welcome\u001b"));
    probe.core.loggedIn(true);
    probe.send("P4SS open-sesame\r\nRETR a\r\nNOOP\r\nABOR\r\n");

    assertThat(probe.trace)
        .containsExactly(
            "> 220-first",
            "> 220 last",
            "< USER ann",
            "> 331 password",
            "< PASS ****",
            "> 230 welcome\\x1b",
            "< ? (refused)",
            "> 500 Unknown command",
            "< RETR a",
            "< NOOP",
            "< ABOR");
  }

  @Test
  @Conforms({"FTP-222", "FTP-023"})
  void aSessionThatIsToEndFinishesItsTransferFirst() {
    ServerProbe probe = ServerProbe.loggedIn();
    probe.send("RETR f\r\nDELE g\r\n");

    probe.core.closeWhenIdle(FtpReply.of(421, "shutting down"));
    assertThat(probe.core.wantsClose()).isFalse();
    probe.complete(226);

    assertThat(probe.codes()).containsExactly(226, 421);
    assertThat(probe.events()).containsExactly("RETR f");
    assertThat(probe.core.wantsClose()).isTrue();
  }
}
