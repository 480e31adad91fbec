package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static dev.sluice.ftp.client.RealServers.collect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpMeans;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.FtpTimeouts;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server that announces what does not work. */
final class WaysTest {
  private static final RemotePath FILE = RemotePath.of("/f");

  /** What the data connection of a command brings. */
  private static final Map<String, String> CONTENTS =
      Map.of(
          "RETR", "hello",
          "LIST", "-rw-r--r-- 1 a a 5 Jan  2  2020 a.txt\r\n",
          "NLST", "a.txt\r\n");

  @Test
  void aPortOfEpsvThatNobodyReachesGivesWayToPasvForGood() throws Exception {
    int closed = closedPort();
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> serve(talk, "211 none", Map.of("EPSV", "229 there (|||" + closed + "|)")))) {
      FtpSession session = connect(server);

      assertThat(collect(session.read(FILE, ByteRange.all()))).hasSize(5);
      assertThat(collect(session.read(FILE, ByteRange.all()))).hasSize(5);

      assertThat(sent(server, "EPSV", "PASV")).containsExactly("EPSV", "PASV", "PASV");
      session.close().block(PATIENCE);
    }
  }

  @Test
  void anAnswerToEpsvThatCannotBeReadGivesWayToPasv() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(talk -> serve(talk, "211 none", Map.of("EPSV", "229 come in")))) {
      FtpSession session = connect(server);

      assertThat(collect(session.read(FILE, ByteRange.all()))).hasSize(5);
      session.close().block(PATIENCE);
    }
  }

  @Test
  void meansThatAreAvoidedAreNotTried() throws Exception {
    try (ScriptedServer server = new ScriptedServer(talk -> serve(talk, "211 none", Map.of()))) {
      FtpSession session =
          RealServers.connect(client(server).dialogue(d -> d.without(FtpMeans.EPSV)));

      assertThat(collect(session.read(FILE, ByteRange.all()))).hasSize(5);

      assertThat(sent(server, "EPSV", "PASV")).containsExactly("PASV");
      session.close().block(PATIENCE);
    }
  }

  @Test
  void anAnnouncedMlsdThatFailsGivesWayToListForGood() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk ->
                serve(talk, "211-has\r\n MLST size*;\r\n211 end", Map.of("MLSD", "451 broken")))) {
      FtpSession session = connect(server);

      for (int i = 0; i < 2; i++) {
        List<FileEntry> entries = session.list(RemotePath.root()).collectList().block(PATIENCE);
        assertThat(entries).extracting(FileEntry::name).containsExactly("a.txt");
      }

      assertThat(sent(server, "MLSD", "LIST")).startsWith("MLSD").contains("LIST");
      assertThat(sent(server, "MLSD")).hasSize(1);
      session.close().block(PATIENCE);
    }
  }

  @Test
  void anAnnouncedMfmtThatFailsGivesWayToMdtmForGood() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk ->
                serve(
                    talk,
                    "211-has\r\n MFMT\r\n MDTM\r\n211 end",
                    Map.of("MFMT", "501 broken", "MDTM", "213 done")))) {
      FtpSession session = connect(server);
      AttributeChange change = AttributeChange.none().withModified(Instant.EPOCH);

      session.setAttributes(FILE, change).block(PATIENCE);
      session.setAttributes(FILE, change).block(PATIENCE);

      assertThat(sent(server, "MFMT", "MDTM")).containsExactly("MFMT", "MDTM", "MDTM");
      session.close().block(PATIENCE);
    }
  }

  @Test
  void anAnnouncedMlstThatIsUnknownGivesWayToSizeAndMdtmForGood() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk ->
                serve(
                    talk,
                    "211-has\r\n MLST size*;\r\n SIZE\r\n MDTM\r\n211 end",
                    Map.of("SIZE", "213 5", "MDTM", "213 20200102030405")))) {
      FtpSession session = connect(server);

      for (int i = 0; i < 2; i++) {
        FileEntry entry = session.stat(FILE).block(PATIENCE);
        assertThat(entry.size()).isEqualTo(5);
        assertThat(entry.attributes().modified()).isEqualTo("2020-01-02T03:04:05Z");
      }

      assertThat(sent(server, "MLST", "SIZE", "MDTM"))
          .containsExactly("MLST", "SIZE", "MDTM", "SIZE", "MDTM");
      session.close().block(PATIENCE);
    }
  }

  @Test
  void aServerThatKnowsNoFactsIsAskedForAListingOfTheParent() throws Exception {
    RemotePath file = RemotePath.of("/a.txt");
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> serve(talk, "500 unknown", Map.of("CWD /a.txt", "550 no directory")))) {
      FtpSession session = connect(server);

      for (int i = 0; i < 2; i++) {
        assertThat(session.stat(file).block(PATIENCE).size()).isEqualTo(5);
      }

      assertThat(sent(server, "MLST", "SIZE")).containsExactly("MLST", "SIZE");
      assertThat(sent(server, "MLSD")).isEmpty();
      session.close().block(PATIENCE);
    }
  }

  @Test
  void aServerWithoutListIsAskedForNames() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(talk -> serve(talk, "211 none", Map.of("LIST", "502 not here")))) {
      FtpSession session = connect(server);

      for (int i = 0; i < 2; i++) {
        List<FileEntry> entries = session.list(RemotePath.root()).collectList().block(PATIENCE);
        assertThat(entries).extracting(FileEntry::name).containsExactly("a.txt");
      }

      assertThat(sent(server, "LIST", "NLST")).containsExactly("LIST", "NLST", "NLST");
      session.close().block(PATIENCE);
    }
  }

  @Test
  void anEmptyDirectoryThatListCallsMissingIsEmpty() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(talk -> serve(talk, "211 none", Map.of("LIST", "550 No files found")))) {
      FtpSession session = connect(server);

      assertThat(session.list(RemotePath.of("/empty")).collectList().block(PATIENCE)).isEmpty();
      session.close().block(PATIENCE);
    }
  }

  @Test
  void aNegativeSizeIsAFileOfUnknownSize() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> serve(talk, "211-has\r\n SIZE\r\n211 end", Map.of("SIZE", "213 -1")))) {
      FtpSession session = connect(server);

      FileEntry entry = session.stat(FILE).block(PATIENCE);

      assertThat(entry.attributes().isFile()).isTrue();
      assertThat(entry.attributes().hasSize()).isFalse();
      session.close().block(PATIENCE);
    }
  }

  private static List<String> sent(ScriptedServer server, String... verbs) {
    return server.heard().stream()
        .map(line -> line.split(" ", 2)[0])
        .filter(List.of(verbs)::contains)
        .toList();
  }

  private static FtpSession connect(ScriptedServer server) {
    return RealServers.connect(client(server));
  }

  private static FtpClient client(ScriptedServer server) {
    return FtpClient.create("127.0.0.1")
        .port(server.port())
        .credentials("me", "secret")
        .timeouts(t -> FtpTimeouts.all(Duration.ofSeconds(5)));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket listener = new ServerSocket(0)) {
      return listener.getLocalPort();
    }
  }

  /** A server with one file of five octets; {@code odd} are its strange replies, by verb. */
  private static void serve(ScriptedServer.Talk talk, String features, Map<String, String> odd)
      throws IOException {
    talk.say("220 ready");
    talk.answer("331 password?", "230 in", features);
    for (String line = talk.hear(); line != null; line = talk.hear()) {
      String verb = line.split(" ", 2)[0];
      int port = talk.dataPort();
      String strange = odd.getOrDefault(line, odd.get(verb));
      if (strange != null) {
        talk.say(strange);
        if (verb.equals("MLSD") || verb.equals("LIST")) {
          talk.data().close(); // the connection that was agreed on
        }
      } else if (CONTENTS.containsKey(verb)) {
        talk.say("150 go");
        try (Socket data = talk.data()) {
          data.getOutputStream().write(CONTENTS.get(verb).getBytes(StandardCharsets.US_ASCII));
        }
        talk.say("226 done");
      } else {
        talk.say(
            switch (verb) {
              case "EPSV" -> "229 here (|||" + port + "|)";
              case "PASV" -> "227 here (127,0,0,1," + (port >> 8) + "," + (port & 255) + ")";
              case "CWD" -> "250 ok";
              case "PWD" -> "257 \"/\"";
              case "SYST" -> "215 UNIX";
              case "QUIT" -> "221 bye";
              case "TYPE" -> "200 ok";
              default -> "500 unknown";
            });
      }
    }
  }
}
