package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.Conforms;
import dev.sluice.transport.door.LoginLimits;
import dev.sluice.transport.door.SessionLimits;
import dev.sluice.transport.door.StaticUsers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, who does not, and what is said before. */
final class LoginIT {
  @TempDir private Path root;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(root);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Conforms({"FTP-026", "FTP-036", "FTP-038"})
  void userAndPasswordLogIn() {
    try (FtpTalk talk = server.connect()) {
      assertThat(talk.greeting().code()).isEqualTo(220);
      talk.expect(331, "USER ann");
      talk.expect(230, "PASS secret");
    }
  }

  @Test
  @Conforms({"FTP-037", "FTP-038"})
  void unknownUserIsAnsweredLikeAKnownOneWithAWrongPassword() {
    try (FtpTalk talk = server.connect()) {
      String known = talk.expect(331, "USER ann").first() + talk.expect(530, "PASS no").first();
      String unknown = talk.expect(331, "USER bob").first() + talk.expect(530, "PASS no").first();
      assertThat(unknown).isEqualTo(known);
    }
  }

  @Test
  @Conforms("FTP-038")
  void passwordWithoutUserIsOutOfOrder() {
    try (FtpTalk talk = server.connect()) {
      talk.expect(503, "PASS secret");
      talk.expect(331, "USER ann");
      talk.expect(530, "PASS wrong");
      talk.expect(503, "PASS secret");
    }
  }

  @Test
  @Conforms("FTP-039")
  void accountIsSuperfluous() {
    try (FtpTalk talk = server.connect()) {
      talk.expect(503, "ACCT x");
      talk.login("ann", "secret").expect(202, "ACCT x");
    }
  }

  @Test
  @Conforms("FTP-041")
  void aSecondUserDropsTheFirstIdentityAtOnce() {
    try (FtpTalk talk = server.login()) {
      talk.expect(331, "USER bob");
      talk.expect(530, "PWD");
      talk.login("ann", "secret").expect(257, "PWD");
    }
  }

  @Test
  @Conforms({"FTP-042", "FTP-014"})
  void beforeLoginOnlyHarmlessCommandsAreServed() {
    try (FtpTalk talk = server.connect()) {
      for (String command :
          List.of(
              "FEAT", "SYST", "HELP", "NOOP", "OPTS UTF8 ON", "CLNT x", "LANG", "CSID Name=x")) {
        assertThat(talk.say(command).code()).as(command).isBetween(200, 299);
      }
      for (String command :
          List.of(
              "PWD",
              "RETR",
              "STOR x",
              "SITE HELP",
              "SITE CPFR /etc/passwd",
              "PASV",
              "TYPE Q",
              "PORT nonsense",
              "REST x",
              "XCWD /")) {
        talk.expect(530, command);
      }
    }
  }

  @Test
  @Conforms("FTP-043")
  void threeWrongPasswordsEndTheSession() {
    try (FtpTalk talk = server.connect()) {
      for (int i = 0; i < 2; i++) {
        talk.expect(331, "USER ann");
        talk.expect(530, "PASS wrong" + i);
      }
      talk.expect(331, "USER ann");
      talk.expect(421, "PASS wrong again");
      assertThat(talk.isClosed()).isTrue();
    }
  }

  @Test
  @Conforms("FTP-044")
  void tooManyFailuresBanTheAddressAcrossConnections() {
    try (TestServer strict =
        new TestServer(
            root,
            s ->
                s.login(
                    usual ->
                        new LoginLimits(10, Duration.ZERO, 2, Duration.ofMinutes(1), List.of())))) {
      try (FtpTalk talk = strict.connect()) {
        talk.expect(331, "USER ann");
        talk.expect(530, "PASS 1");
        talk.expect(331, "USER ann");
        talk.expect(530, "PASS 2");
      }
      try (FtpTalk talk = strict.connect()) {
        assertThat(talk.greeting().code()).isEqualTo(421);
        assertThat(talk.isClosed()).isTrue();
      }
    }
  }

  @Test
  @Conforms("FTP-044")
  void sessionsBeyondTheLimitAreGreetedWith421() {
    try (TestServer small =
            new TestServer(root, s -> s.sessions(usual -> new SessionLimits(10, 1, 10)));
        FtpTalk first = small.login();
        FtpTalk second = small.connect()) {
      assertThat(second.greeting().code()).isEqualTo(421);
      first.expect(221, "QUIT");
      assertThat(first.isClosed()).isTrue();
    }
  }

  @Test
  @Conforms("FTP-045")
  void guestsAreKeptOutUnlessWelcomeAndThenOnlyRead() throws Exception {
    Files.writeString(root.resolve("f"), "x");
    try (FtpTalk talk = server.connect()) {
      talk.expect(331, "USER anonymous");
      talk.expect(530, "PASS me@example.org");
    }
    try (TestServer open =
            new TestServer(root, s -> s.users(StaticUsers.of("ann", "secret").withGuests()));
        FtpTalk talk = open.connect()) {
      talk.login("FTP", "me@example.org");
      assertThat(talk.download("RETR f")).hasSize(1);
      talk.expect(550, "DELE f");
      talk.expect(550, "MKD d");
      talk.epsv();
      talk.expect(550, "STOR f");
      assertThat(root.resolve("f")).hasContent("x");
    }
  }

  @Test
  @Conforms("FTP-047")
  void reinitializeForgetsTheLoginAndAllParameters() {
    try (FtpTalk talk = server.login()) {
      talk.expect(257, "MKD d");
      talk.expect(250, "CWD d");
      talk.expect(350, "REST 5");
      talk.expect(200, "EPSV ALL");
      talk.expect(220, "REIN");
      talk.expect(530, "PWD");
      talk.expect(331, "USER ann");
      talk.expect(230, "PASS secret");
      assertThat(talk.expect(257, "PWD").first()).contains("\"/\"");
      assertThat(talk.say("STAT").lines().toString()).contains("TYPE: A");
      talk.expect(227, "PASV");
    }
  }

  @Test
  void wingFtpNulInTheUserNameIsRefused() {
    try (FtpTalk talk = server.connect()) {
      talk.sendOctets("USER ann\0]]x\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      talk.expect(501);
      talk.sendOctets("USER a\033[31mnn\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      talk.expect(501);
      talk.expect(331, "USER ann");
      talk.sendOctets("PASS secret\0x\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      talk.expect(501);
      talk.expect(230, "PASS secret");
    }
  }

  @Test
  void longPasswordOfOpenSshCve20166515IsRefusedBeforeItIsHashed() {
    try (FtpTalk talk = server.connect()) {
      talk.expect(331, "USER ann");
      talk.expect(500, "PASS " + "x".repeat(30_000));
      talk.expect(230, "PASS secret");
    }
  }

  @Test
  @Conforms("FTP-028")
  void quitSaysGoodbyeAndCloses() {
    try (FtpTalk talk = server.login()) {
      talk.expect(221, "QUIT");
      assertThat(talk.isClosed()).isTrue();
    }
  }
}
