package dev.sluice.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.PeerMisbehaved;
import dev.sluice.ftp.FtpReply;
import dev.sluice.test.Conforms;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataAgreementTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Entering Passive Mode (10,1,2,3,4,5).",
        "Entering Passive Mode 10,1,2,3,4,5",
        "=10,1,2,3,4,5",
        "(10, 1, 2, 3, 4, 5)",
        "since 12:30, (010,001,002,003,004,005)"
      })
  @Conforms("FTP-076")
  void sixNumbersAreFoundWhereverTheyStand(String text) {
    var address = DataAgreement.announced(FtpReply.of(227, text));

    assertThat(address.getAddress().getHostAddress()).isEqualTo("10.1.2.3");
    assertThat(address.getPort()).isEqualTo(4 * 256 + 5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ok", "(1,2,3,4,5)", "(256,1,1,1,1,1)", "(1,1,1,1,0,0)", "(1,1,1,1,1,999)"})
  @Conforms("FTP-076")
  void anythingElseIsAFault(String text) {
    assertThatThrownBy(() -> DataAgreement.announced(FtpReply.of(227, text)))
        .isInstanceOf(PeerMisbehaved.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Entering Extended Passive Mode (|||1029|)",
        "(!!!1029!)",
        "(|1|10.0.0.1|1029|)",
        "ok (|||1029|) now"
      })
  @Conforms("FTP-078")
  void thePortOfEpsvIsReadWithAnyDelimiter(String text) {
    assertThat(DataAgreement.extendedPort(FtpReply.of(229, text))).isEqualTo(1029);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "|||1029|", "(|||0|)", "(|||65536|)", "(|||12x|)", "(||1029|)", "(|!|1029|)"})
  @Conforms("FTP-078")
  void anEpsvReplyWithoutPortIsAFault(String text) {
    assertThatThrownBy(() -> DataAgreement.extendedPort(FtpReply.of(229, text)))
        .isInstanceOf(PeerMisbehaved.class);
  }

  @Test
  @Conforms("FTP-077")
  void aTrustedHostIsStillRefusedWhereItMakesNoSense() throws UnknownHostException {
    InetAddress open = InetAddress.getByName("192.0.2.1");
    InetAddress inside = InetAddress.getByName("10.0.0.1");
    for (String bad : new String[] {"127.0.0.1", "169.254.1.1", "224.0.0.1", "0.0.0.0"}) {
      assertThat(DataAgreement.isPlausible(InetAddress.getByName(bad), open)).isFalse();
    }
    assertThat(DataAgreement.isPlausible(inside, open)).isFalse();
    assertThat(DataAgreement.isPlausible(inside, InetAddress.getByName("10.0.0.2"))).isTrue();
    assertThat(DataAgreement.isPlausible(InetAddress.getByName("192.0.2.9"), open)).isTrue();
  }

  @Test
  @Conforms("FTP-052")
  void theWorkingDirectoryIsReadOutOfItsQuotes() {
    assertThat(Folders.quoted(FtpReply.of(257, "\"/a \"\"b\"\" c\" is it")))
        .isEqualTo("/a \"b\" c");
    assertThat(Folders.quoted(FtpReply.of(257, "\"/\""))).isEqualTo("/");
    assertThat(Folders.quoted(FtpReply.of(257, "/plain is it"))).isEqualTo("/plain");
  }
}
