package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.Conforms;
import dev.sluice.transport.door.SessionLimits;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened to other servers does not happen to this one. */
final class KnownAttacksIT {
  @TempDir private Path outer;
  private Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(outer.resolve("home"));
    Files.writeString(root.resolve("f"), "content");
    Files.writeString(outer.resolve("secret"), "secret");
    server = new TestServer(root, s -> s.sessions(usual -> new SessionLimits(1000, 1000, 20)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Conforms("FTP-029")
  void proFtpdCve20209273ConnectionsCutAtEveryByteLeaveNothingBehind() throws Exception {
    byte[] session =
        "USER ann\r\nPASS secret\r\nTYPE I\r\nEPSV\r\nSTOR cut\r\nABOR\r\nRNFR f\r\nMLSD\r\nQUIT\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    for (int cut = 0; cut <= session.length; cut++) {
      try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
        socket.getOutputStream().write(session, 0, cut);
      }
    }
    for (int i = 0; i < 500 && server.running().sessions() > 0; i++) {
      Thread.sleep(20);
    }
    assertThat(server.running().sessions()).isZero();
    try (FtpTalk talk = server.login()) {
      assertThat(talk.download("RETR f")).hasSize(7);
    }
    for (int i = 0; i < 200 && root.toFile().list().length > 1; i++) {
      Thread.sleep(20); // nobody is told when the temporary file of a lost session is gone
    }
    assertThat(root.toFile().list()).containsExactly("f");
  }

  @Test
  @Conforms("FTP-013")
  void proFtpdCve201918217LinesOfAMebibyteAreAnsweredOnceAndDropped() {
    try (FtpTalk talk = server.login()) {
      talk.send("CWD " + "x".repeat(1 << 20));
      talk.expect(500);
      talk.expect(257, "PWD");
    }
  }

  @Test
  @Conforms("FTP-105")
  void aStormOfAbortsIsAnsweredOneByOne() throws IOException {
    try (FtpTalk talk = server.login();
        Socket data = talk.passive()) {
      talk.send("RETR f");
      for (int i = 0; i < 100; i++) {
        talk.send("ABOR");
      }
      int preliminary = talk.hear().code();
      assertThat(preliminary).isIn(125, 150, 426);
      int finals = preliminary == 426 ? 1 : 0;
      while (finals < 101) {
        assertThat(talk.hear().code()).isIn(226, 426);
        finals++;
      }
      talk.expect(257, "PWD");
      assertThat(data.getPort()).isPositive();
    }
  }

  @Test
  void proFtpdCve202351713OddQuotesAreNamesLikeAnyOther() {
    try (FtpTalk talk = server.login()) {
      for (String name :
          List.of("\"", "\"\"\"", "'", "\\\"", "\" \"", "$(x)`y`", "%n%s", "{a,b}")) {
        talk.expect(257, "MKD " + name);
        talk.expect(250, "CWD " + name);
        talk.expect(250, "CDUP");
        talk.expect(250, "RMD " + name);
      }
      talk.expect(550, "XMD5 \"f");
      talk.expect(550, "XMD5 \"\"\"");
    }
  }

  @Test
  @Conforms("FTP-131")
  void proFtpdCve20153306SiteCopyIsRefusedBeforeAndAfterLogin() {
    try (FtpTalk talk = server.connect()) {
      talk.expect(530, "SITE CPFR /etc/passwd");
      talk.expect(530, "SITE CPTO /tmp/copy");
      talk.login(TestServer.USER, TestServer.PASSWORD);
      talk.expect(500, "SITE CPFR ../secret");
      talk.expect(500, "SITE CPTO copy");
    }
  }

  @Test
  @Conforms("FTP-055")
  void coreFtpCve20199648SizeAndTimeTellNothingOfFilesOutside() {
    try (FtpTalk talk = server.login()) {
      for (String verb : List.of("SIZE", "MDTM", "MFMT 20200101000000")) {
        String there = talk.expect(550, verb + " ../secret").first();
        assertThat(talk.expect(550, verb + " ../missing").first()).isEqualTo(there);
      }
    }
  }

  @Test
  @Conforms("FTP-044")
  void exhaustionBeforeLoginIsBoundedAndSessionsGoOn() {
    List<FtpTalk> idle = new ArrayList<>();
    try (FtpTalk served = server.login()) {
      int refused = 0;
      for (int i = 0; i < 60; i++) {
        FtpTalk talk = server.connect();
        idle.add(talk);
        refused += talk.greeting().code() == 421 ? 1 : 0;
      }
      assertThat(refused).isEqualTo(60 - 7); // one address holds a third of the 20 places
      assertThat(served.download("RETR f")).hasSize(7);
    } finally {
      idle.forEach(FtpTalk::close);
    }
  }

  @Test
  @Conforms("FTP-014")
  void startTlsInjectionHasNothingToInjectInto() {
    try (FtpTalk talk = server.connect()) {
      talk.send("AUTH TLS\r\nUSER ann\r\nPASS secret");
      talk.expect(502);
      talk.expect(331);
      talk.expect(230);
    }
  }
}
