package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.Conforms;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What this server leaves out of FTP, and that it says so and stays as it was. */
final class NotOfferedIT {
  private static final String CONTENT = "one\r\ntwo\r\n";

  @TempDir private Path root;
  private TestServer server;
  private FtpTalk talk;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(root.resolve("file"), CONTENT);
    server = new TestServer(root);
    talk = server.login();
  }

  @AfterEach
  void stop() {
    talk.close();
    server.close();
  }

  @Test
  @Conforms({"FTP-063", "FTP-064", "FTP-070"})
  void recordsAndCompressedModeAreRefusedAndFilesGoOnInStreams() {
    talk.expect(504, "STRU R");
    talk.expect(504, "MODE C");
    assertThat(talk.download("RETR file")).asString().isEqualTo(CONTENT);
  }

  @Test
  @Conforms({"FTP-165", "FTP-166", "FTP-167", "FTP-196", "FTP-197"})
  void virtualHostsAndRangesAreRefusedInEveryStateAndNotAnnounced() {
    List<String> refused =
        List.of("HOST localhost", "HOST [::1]", "RANG 1 2", "COMB \"file\" \"other\"");
    try (FtpTalk stranger = server.connect()) {
      stranger.expect(502, refused.get(0));
      stranger.expect(331, "USER somebody");
    }
    refused.forEach(line -> talk.expect(502, line));
    assertThat(talk.expect(211, "FEAT").lines().toString()).doesNotContain("HOST", "RANG", "COMB");
    assertThat(talk.download("RETR file")).asString().isEqualTo(CONTENT);
  }

  @Test
  @Conforms({"FTP-071", "FTP-122"})
  void inBlockModeAMarkerOfTextIsNoPlaceToRestartFrom() {
    talk.expect(200, "MODE B");
    talk.expect(501, "REST marker");
    talk.expect(200, "MODE S");
    assertThat(talk.download("RETR file")).asString().isEqualTo(CONTENT);
  }

  @Test
  @Conforms("FTP-068")
  void everyTransferOpensItsConnectionAndClosesItAlsoInBlockMode() throws IOException {
    talk.expect(200, "MODE B");
    for (int i = 0; i < 2; i++) {
      try (Socket data = talk.passive()) {
        assertThat(talk.say("RETR file").code()).isIn(125, 150);
        assertThat(data.getInputStream().readAllBytes()).hasSize(3 + CONTENT.length() + 3);
        talk.expect(226);
      }
    }
    talk.expect(425, "RETR file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PASV", "EPSV", "PORT", "EPRT", "ABOR", "REIN", "QUIT", ""})
  @Conforms("FTP-069")
  void aDataConnectionThatWaitsIsClosedByWhatMakesItVoid(String command) throws IOException {
    try (Socket data = talk.passive()) {
      data.setSoTimeout(10_000);
      if (command.isEmpty()) {
        talk.close();
      } else {
        assertThat(talk.say(withArgument(command)).code()).isBetween(200, 299);
      }
      assertThat(hasEnded(data)).isTrue();
    }
  }

  /** Reset, when the server had not yet accepted it. */
  private static boolean hasEnded(Socket data) throws IOException {
    try {
      return data.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  private static String withArgument(String command) {
    return switch (command) {
      case "PORT" -> "PORT 127,0,0,1,200,10";
      case "EPRT" -> "EPRT |1|127.0.0.1|51210|";
      default -> command;
    };
  }
}
