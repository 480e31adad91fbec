package dev.sluice.ftp.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.TransferFormat;
import dev.sluice.test.Conforms;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class AsciiTest {
  private static final TransferFormat ASCII = TransferFormat.INITIAL;

  @Test
  @Conforms("FTP-060")
  void everyLineEndIsSentAsCrLf() {
    assertThat(encoded("a\nb\n\nc")).isEqualTo("a\r\nb\r\n\r\nc");
  }

  @Test
  @Conforms("FTP-060")
  void aCrLfThatIsThereStaysOne() {
    assertThat(encoded("a\r\nb\n\r\n")).isEqualTo("a\r\nb\r\n\r\n");
  }

  @Test
  @Conforms("FTP-060")
  void theCutOfTheBuffersDoesNotMatterWhenSending() {
    String file = "\n\r\n\r\r\n\n\nlong line without end\r x\n";

    assertThat(Octets.throughEverySplit(() -> Coding.encoder(ASCII), Octets.ascii(file)))
        .allSatisfy(sent -> assertThat(sent).isEqualTo(Octets.ascii(encoded(file))));
  }

  @Test
  @Conforms("FTP-060")
  void octetsOtherThanLineEndsAreSentUnchanged() {
    byte[] all = new byte[255];
    for (int i = 0, octet = 0; octet < 256; octet++) {
      if (octet != '\n') {
        all[i++] = (byte) octet;
      }
    }

    assertThat(Octets.through(() -> Coding.encoder(ASCII), all)).isEqualTo(all);
  }

  @Test
  @Conforms("FTP-061")
  void aReceivedCrLfIsOneLineEnd() {
    assertThat(decoded("a\r\n\r\nb\r\n")).isEqualTo("a\n\nb\n");
  }

  @Test
  @Conforms("FTP-061")
  void aLoneCrAndALoneLfAreKept() {
    assertThat(decoded("a\rb\nc\r\r\nd\r")).isEqualTo("a\rb\nc\r\nd\r");
  }

  @Test
  @Conforms("FTP-061")
  void theCutOfTheBuffersDoesNotMatterWhenReceiving() {
    String wire = "\r\n\r\r\n\n\r\rtext\r\n\n\r\r\r\nend\r";

    assertThat(Octets.throughEverySplit(() -> Coding.decoder(ASCII), Octets.ascii(wire)))
        .allSatisfy(stored -> assertThat(stored).isEqualTo(Octets.ascii(decoded(wire))));
  }

  @Test
  @Conforms({"FTP-060", "FTP-061"})
  void aTextFileComesBackAsItWas() {
    String file = "first\nsecond \u00e4\n\nlast without end";

    assertThat(decoded(encoded(file))).isEqualTo(file);
  }

  @Test
  @Conforms("FTP-103")
  void anEmptyFileIsNoOctets() {
    assertThat(encoded("")).isEmpty();
    assertThat(decoded("")).isEmpty();
  }

  private static String encoded(String file) {
    return new String(
        Octets.through(() -> Coding.encoder(ASCII), Octets.ascii(file)),
        StandardCharsets.ISO_8859_1);
  }

  private static String decoded(String wire) {
    return new String(
        Octets.through(() -> Coding.decoder(ASCII), Octets.ascii(wire)),
        StandardCharsets.ISO_8859_1);
  }
}
