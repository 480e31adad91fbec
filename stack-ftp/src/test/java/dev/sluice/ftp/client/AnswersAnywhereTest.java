package dev.sluice.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.FtpReply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An answer may stand in any line of a reply: gateways add lines of their own. */
final class AnswersAnywhereTest {
  @Test
  void thePortOfPassiveModeStandsInAnyLine() {
    FtpReply reply =
        new FtpReply(229, List.of("by the gateway", "Entering Extended (|||4711|)", "end"));

    assertThat(DataAgreement.extendedPort(reply)).isEqualTo(4711);
  }

  @Test
  void theAddressOfPassiveModeStandsInAnyLine() {
    FtpReply reply = new FtpReply(227, List.of("listen socket created", "at (127,0,0,1,1,2)"));

    assertThat(DataAgreement.announced(reply).getPort()).isEqualTo(258);
  }

  @Test
  void theWorkingDirectoryStandsInAnyLine() {
    assertThat(Folders.quoted(new FtpReply(257, List.of("by the gateway", "\"/a\" is it"))))
        .isEqualTo("/a");
    assertThat(Folders.quoted(new FtpReply(257, List.of("by the gateway", "/b")))).isEqualTo("/b");
  }
}
