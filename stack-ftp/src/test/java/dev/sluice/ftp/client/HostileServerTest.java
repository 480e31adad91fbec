package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static dev.sluice.ftp.client.RealServers.buffers;
import static dev.sluice.ftp.client.RealServers.collect;
import static dev.sluice.ftp.client.RealServers.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.api.WriteMode;
import dev.sluice.ftp.DataMode;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.FtpTimeouts;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostileServerTest {
  private static final RemotePath FILE = RemotePath.of("/f");
  private static final List<String> EVIL =
      List.of(
          "type=file; ../x",
          "type=file; /etc/y",
          "type=file; a/b",
          "type=dir; ..",
          "type=dir; .",
          "type=cdir; /",
          "rubbish",
          "type=file; good",
          "");

  @Test
  @Conforms("FTP-077")
  void curlCve20208284ForeignHostInTheReplyToPasvIsIgnored() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.welcome();
              talk.answer("200 binary", "500 no EPSV");
              talk.hear();
              int port = talk.dataPort();
              talk.say("227 there (192,0,2,1," + (port >> 8) + "," + (port & 255) + ")");
              talk.hear();
              talk.say("150 go");
              try (Socket data = talk.data()) {
                data.getOutputStream().write(1);
              }
              talk.say("226 done");
              talk.untilGone();
            })) {
      FtpSession session = RealServers.connect(client(server));
      assertThat(collect(session.read(FILE, ByteRange.all()))).hasSize(1);
      session.close().block(PATIENCE);
    }
  }

  @Test
  @Conforms("FTP-026")
  void aServerThatAcceptsAndSaysNothingTimesOutAtTheGreeting() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Talk::untilGone)) {
      assertThatThrownBy(() -> client(server).connect().block(PATIENCE))
          .isInstanceOfSatisfying(
              TimedOut.class, timedOut -> assertThat(timedOut.step()).isEqualTo("greeting"));
      server.finish();
    }
  }

  @Test
  void curlCve202122946GreetingThatClaimsALoginIsRefusedAndNoPasswordIsSent() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.say("230 you are in");
              talk.untilGone();
            })) {
      assertThatThrownBy(() -> client(server).connect().block(PATIENCE))
          .isInstanceOf(PeerMisbehaved.class);
      server.finish();
      assertThat(server.heard()).noneMatch(line -> line.startsWith("PASS"));
    }
  }

  @Test
  @Conforms("FTP-021")
  void anEndlessReplyEndsTheSessionWhenItPassesTheLimit() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.say("220 ready");
              talk.answer("331 password?", "230 in");
              talk.hear();
              String line = "211-" + "x".repeat(1000);
              try {
                while (true) {
                  talk.say(line);
                }
              } catch (IOException gone) {
                talk.untilGone();
              }
            })) {
      assertThatThrownBy(() -> client(server).connect().block(PATIENCE))
          .isInstanceOf(LimitExceeded.class)
          .hasMessageContaining("FtpLimits.replyLines");
      server.finish();
    }
  }

  @Test
  @Conforms("FTP-102")
  void curlCve20208285ListingWithoutEndCanBeLeft() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.say("220 ready");
              talk.answer("331 ?", "230 in", "211-x\r\n MLST type*;\r\n211 end");
              talk.offerData();
              talk.hear();
              talk.say("150 go");
              try (Socket data = talk.data()) {
                byte[] line = "type=file; name\r\n".getBytes(StandardCharsets.US_ASCII);
                while (true) {
                  data.getOutputStream().write(line);
                }
              } catch (IOException reset) {
                talk.hear();
                talk.say("426 cut", "226 aborted");
              }
              talk.answer("200 still here");
              talk.untilGone();
            })) {
      FtpSession session = RealServers.connect(client(server));
      assertThat(session.list(RemotePath.root()).take(1000).count().block(PATIENCE))
          .isEqualTo(1000);
      session.keepAlive().block(PATIENCE);
      session.close().block(PATIENCE);
      assertThat(server.heard()).contains("ABOR", "NOOP");
    }
  }

  @Test
  @Conforms("FTP-024")
  void aReplyBehindAReplyClosesTheSession() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.welcome();
              talk.hear();
              talk.say("200 ok", "250 and another");
              talk.untilGone();
            })) {
      FtpSession session = RealServers.connect(client(server));
      session.keepAlive().onErrorComplete().block(PATIENCE);
      assertThatThrownBy(() -> session.onClosed().block(PATIENCE))
          .isInstanceOf(PeerMisbehaved.class);
      assertThatThrownBy(() -> session.keepAlive().block(PATIENCE))
          .isInstanceOf(SessionClosed.class);
      server.finish();
    }
  }

  @Test
  @Conforms("FTP-094")
  void aNegativeFinalReplyBehindAllTheDataIsAFailure() throws Exception {
    try (ScriptedServer server = downloadEndedBy("451 disk trouble", false)) {
      FtpSession session = RealServers.connect(client(server));
      assertThatThrownBy(() -> collect(session.read(FILE, ByteRange.all())))
          .isInstanceOf(FileFailure.class)
          .hasMessageContaining("disk trouble");
      session.close().block(PATIENCE);
    }
  }

  @Test
  @Conforms({"FTP-091", "FTP-094"})
  void aFinalReplyBeforeTheEndOfTheDataDoesNotStopTheReading() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.welcome();
              talk.offerData();
              talk.hear();
              talk.say("150 go", "226 done already");
              try (Socket data = talk.data()) {
                for (int i = 0; i < 100; i++) {
                  data.getOutputStream().write(new byte[10_000]);
                }
              }
              talk.untilGone();
            })) {
      FtpSession session = RealServers.connect(client(server));
      assertThat(collect(session.read(FILE, ByteRange.all()))).hasSize(1_000_000);
      session.close().block(PATIENCE);
    }
  }

  @Test
  @Conforms("FTP-095")
  void aResetOfTheDataConnectionIsNotTheEndOfTheFile() throws Exception {
    try (ScriptedServer server = downloadEndedBy("226 done", true)) {
      FtpSession session = RealServers.connect(client(server));
      assertThatThrownBy(() -> collect(session.read(FILE, ByteRange.all())))
          .isInstanceOfSatisfying(
              FileFailure.class,
              failure -> assertThat(failure.error()).isEqualTo(FileError.INTERRUPTED));
      session.close().block(PATIENCE);
    }
  }

  @Test
  @Conforms("FTP-030")
  void theEndOfTheControlConnectionIsAnErrorEvenBehindAllTheData() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.welcome();
              talk.offerData();
              talk.hear();
              talk.say("150 go");
              talk.data().close();
            })) {
      FtpSession session = RealServers.connect(client(server));
      assertThatThrownBy(() -> collect(session.read(FILE, ByteRange.all())))
          .isInstanceOf(SessionClosed.class);
    }
  }

  @Test
  @Conforms({"FTP-032", "FTP-100"})
  void aDownloadThatStallsTimesOutAndTheSessionGoesOn() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.welcome();
              talk.offerData();
              talk.hear();
              talk.say("150 go");
              try (Socket data = talk.data()) {
                data.getOutputStream().write(1);
                talk.hear();
              }
              talk.say("426 cut", "226 aborted");
              talk.answer("200 still here");
              talk.untilGone();
            })) {
      FtpSession session = RealServers.connect(client(server));
      assertThatThrownBy(() -> collect(session.read(FILE, ByteRange.all())))
          .isInstanceOfSatisfying(
              TimedOut.class, timedOut -> assertThat(timedOut.step()).isEqualTo("data of RETR"));
      session.keepAlive().block(PATIENCE);
      session.close().block(PATIENCE);
    }
  }

  @Test
  @Conforms({"FTP-032", "FTP-100"})
  void anUploadThatNobodyReadsTimesOut() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.welcome();
              talk.offerData();
              talk.hear();
              talk.say("150 go");
              Socket data = talk.data();
              talk.hear();
              data.close();
              talk.say("426 cut", "226 aborted");
              talk.answer("250 deleted");
              talk.untilGone();
            })) {
      FtpSession session = RealServers.connect(client(server));
      assertThatThrownBy(
              () ->
                  session
                      .write(FILE, WriteMode.replace(), buffers(octets(50_000_000), 65536))
                      .block(PATIENCE))
          .isInstanceOf(TimedOut.class);
      session.close().block(PATIENCE);
      assertThat(server.heard()).anyMatch(line -> line.startsWith("DELE /f."));
    }
  }

  @Test
  @Conforms("FTP-087")
  void theListenerOfActiveModeIsGivenUpInTime() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.welcome();
              talk.answer("200 binary", "200 port", "150 any moment");
              talk.hear();
              talk.say("425 could not connect", "226 aborted");
              talk.answer("200 still here");
              talk.untilGone();
            })) {
      FtpSession session =
          RealServers.connect(client(server).data(d -> d.withMode(DataMode.active())));
      assertThatThrownBy(() -> collect(session.read(FILE, ByteRange.all())))
          .isInstanceOf(TimedOut.class)
          .hasMessageContaining("data connection");
      session.keepAlive().block(PATIENCE);
      session.close().block(PATIENCE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\nDELE b", "/a\r\nDELE b"})
  @Conforms("FTP-006")
  void javaCve20173533LineFeedInAPathIsRefusedByEveryVerbBeforeAnythingIsWritten(String path)
      throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.welcome();
              talk.untilGone();
            })) {
      FtpSession session = RealServers.connect(client(server));
      RemotePath bad = RemotePath.of(path);
      List.of(
              session.stat(bad),
              session.list(bad),
              session.read(bad, ByteRange.all()),
              session.read(bad, ByteRange.from(5)),
              session.write(bad, WriteMode.replace(), buffers(octets(1), 1)),
              session.write(bad, WriteMode.append(), buffers(octets(1), 1)),
              session.createDirectory(bad),
              session.deleteFile(bad),
              session.deleteDirectory(bad),
              session.rename(bad, FILE),
              session.rename(FILE, bad))
          .forEach(
              verb ->
                  assertThatThrownBy(
                          () -> reactor.core.publisher.Flux.from(verb).blockLast(PATIENCE))
                      .isInstanceOfSatisfying(
                          FileFailure.class,
                          e -> assertThat(e.error()).isEqualTo(FileError.INVALID_NAME)));
      session.close().block(PATIENCE);
      server.finish();
      assertThat(server.heard().subList(3, server.heard().size())).containsExactly("QUIT");
    }
  }

  @Test
  @Conforms("FTP-152")
  void namesThatLeadElsewhereAreNotListed() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.say("220 ready");
              talk.answer("331 ?", "230 in", "211-x\r\n MLST type*;\r\n211 end");
              talk.offerData();
              talk.hear();
              talk.say("150 go");
              try (Socket data = talk.data()) {
                data.getOutputStream()
                    .write(String.join("\r\n", EVIL).getBytes(StandardCharsets.US_ASCII));
              }
              talk.say("226 done");
              talk.answer("550 no PWD", "550 no CWD");
              talk.untilGone();
            })) {
      FtpSession session = RealServers.connect(client(server));
      FtpSession.Listing listing = session.listing(RemotePath.of("/d")).block(PATIENCE);
      assertThat(listing.entries()).extracting(FileEntry::name).containsExactly("good");
      assertThat(listing.unparsed()).contains("rubbish");
      session.close().block(PATIENCE);
    }
  }

  @Test
  void nobodyListensIsAFailureToConnect() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> FtpClient.create("127.0.0.1").port(port).connect().block(PATIENCE))
        .isInstanceOf(ConnectFailed.class)
        .hasMessageContaining(String.valueOf(port));
  }

  private static ScriptedServer downloadEndedBy(String reply, boolean reset) throws IOException {
    return new ScriptedServer(
        talk -> {
          talk.welcome();
          talk.offerData();
          talk.hear();
          talk.say("150 go");
          try (Socket data = talk.data()) {
            data.getOutputStream().write(new byte[1000]);
            data.getOutputStream().flush();
            if (reset) {
              data.setSoLinger(true, 0);
            }
          }
          talk.say(reply);
          talk.untilGone();
        });
  }

  private static FtpClient client(ScriptedServer server) {
    return FtpClient.create("127.0.0.1")
        .port(server.port())
        .credentials("me", "secret")
        .timeouts(t -> FtpTimeouts.all(Duration.ofSeconds(2)));
  }
}
