package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileKind;
import dev.sluice.api.IncompleteListing;
import dev.sluice.api.RemotePath;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.UnparsedLines;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** What a listing hides must not look like what is not there. */
@Conforms("FTP-142")
final class IncompleteListingTest {
  private static final RemotePath DIRECTORY = RemotePath.of("/d");
  private static final String GOOD = "-rw-r--r-- 1 a a 5 Jan  2  2020 good\r\n";
  private static final String ODD = "{odd|5|yesterday}\r\n";

  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, String> data = new HashMap<>();

  @Test
  void theErrorComesAfterTheEntriesThatWereUnderstood() throws Exception {
    data.put("LIST", GOOD + ODD + "~~~\r\n");
    try (ScriptedServer server = new ScriptedServer(this::serve)) {
      FtpSession session = RealServers.connect(client(server));
      StepVerifier.create(session.list(DIRECTORY))
          .assertNext(entry -> assertThat(entry.path()).isEqualTo(DIRECTORY.child("good")))
          .expectErrorSatisfies(
              error ->
                  assertThat(error)
                      .isInstanceOfSatisfying(
                          IncompleteListing.class,
                          cause -> {
                            assertThat(cause.lines()).isEqualTo(2);
                            assertThat(cause.first()).isEqualTo(ODD.strip());
                          }))
          .verify(PATIENCE);
      assertThat(session.currentDirectory().block(PATIENCE)).isEqualTo("/");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIST", "MLSD"})
  void nothingUnderstoodIsNotNothingThere(String verb) throws Exception {
    data.put(verb, ODD);
    if (verb.equals("MLSD")) {
      answers.put("FEAT", "211-Features\r\n MLST type*;\r\n211 End");
      answers.put("MLST", "250-Facts\r\n type=dir; /d\r\n250 End");
    }
    try (ScriptedServer server = new ScriptedServer(this::serve)) {
      FtpSession session = RealServers.connect(client(server));
      StepVerifier.create(session.list(DIRECTORY))
          .expectError(IncompleteListing.class)
          .verify(PATIENCE);
    }
  }

  @Test
  void namesThatTheListingHidesAreFoundWithNlst() throws Exception {
    data.put("LIST", GOOD + ODD + ODD);
    data.put("NLST", "good\r\n/d/odd\r\nfolder\r\nls: no such thing\r\n.\r\n");
    answers.put("SIZE /d/odd", "213 5");
    answers.put("MDTM /d/odd", "213 20200102030405");
    answers.put("CWD /d/folder", "250 in");
    answers.put("FEAT", "211-Features\r\n SIZE\r\n MDTM\r\n211 End");
    try (ScriptedServer server = new ScriptedServer(this::serve)) {
      FtpSession session = RealServers.connect(client(server));
      List<FileEntry> entries = new CopyOnWriteArrayList<>();
      StepVerifier.create(session.list(DIRECTORY).doOnNext(entries::add).then())
          .expectError(IncompleteListing.class)
          .verify(PATIENCE);
      assertThat(entries)
          .extracting(FileEntry::name, FileEntry::kind, entry -> entry.attributes().size())
          .containsExactly(
              tuple("good", FileKind.FILE, 5L),
              tuple("odd", FileKind.FILE, 5L),
              tuple("folder", FileKind.DIRECTORY, -1L));
    }
  }

  @Test
  void thePolicyLetsAListingEndAsIfItWereWholeAndShowsTheLines() throws Exception {
    data.put("LIST", GOOD + ODD);
    List<String> shown = new CopyOnWriteArrayList<>();
    for (UnparsedLines policy : List.of(UnparsedLines.REPORT, UnparsedLines.IGNORE)) {
      try (ScriptedServer server = new ScriptedServer(this::serve)) {
        FtpClient client =
            client(server)
                .listing(usual -> usual.withUnparsed(policy))
                .trace(line -> record(line, shown));
        StepVerifier.create(RealServers.connect(client).list(DIRECTORY))
            .expectNextCount(1)
            .expectComplete()
            .verify(PATIENCE);
      }
      assertThat(shown).hasSize(1).first().asString().contains("{odd|5|yesterday}");
    }
  }

  @ParameterizedTest
  @EnumSource(UnparsedLines.class)
  void whoeverWatchesTheSessionHearsOfTheLinesAsThePolicySays(UnparsedLines policy)
      throws Exception {
    data.put("LIST", GOOD + ODD + "~~~\r\n");
    data.put("NLST", "");
    List<SessionEvent.ListingIncomplete> heard = new CopyOnWriteArrayList<>();
    try (ScriptedServer server = new ScriptedServer(this::serve)) {
      FtpSession session =
          RealServers.connect(
              client(server)
                  .listing(usual -> usual.withUnparsed(policy))
                  .observer(
                      event -> {
                        if (event instanceof SessionEvent.ListingIncomplete incomplete) {
                          heard.add(incomplete);
                        }
                      }));
      StepVerifier.create(session.list(DIRECTORY).onErrorComplete(IncompleteListing.class))
          .expectNextCount(1)
          .expectComplete()
          .verify(PATIENCE);
      StepVerifier.create(session.listing(DIRECTORY))
          .assertNext(listing -> assertThat(listing.unparsed()).hasSize(2))
          .expectComplete()
          .verify(PATIENCE);
    }
    assertThat(heard)
        .hasSize(policy == UnparsedLines.IGNORE ? 0 : 2)
        .allSatisfy(
            event -> {
              assertThat(event.directory()).isEqualTo(DIRECTORY);
              assertThat(event.lines()).isEqualTo(2);
              assertThat(event.first()).isEqualTo(ODD.strip());
            });
  }

  @Test
  void aNameThatAListingMayHideIsNotMissing() throws Exception {
    answers.put("SIZE", "500 no");
    data.put("NLST", "good\r\n");
    data.put("LIST", GOOD + ODD);
    try (ScriptedServer server = new ScriptedServer(this::serve)) {
      FtpSession session = RealServers.connect(client(server));
      StepVerifier.create(session.stat(DIRECTORY.child("odd")))
          .expectError(IncompleteListing.class)
          .verify(PATIENCE);
      StepVerifier.create(session.stat(DIRECTORY.child("good")))
          .expectNextCount(1)
          .expectComplete()
          .verify(PATIENCE);
    }
  }

  private static void record(String line, List<String> shown) {
    if (line.startsWith("! unreadable")) {
      shown.add(line);
    }
  }

  private static FtpClient client(ScriptedServer server) {
    return FtpClient.create("127.0.0.1").port(server.port()).credentials("ann", "secret");
  }

  /** Answers each command as prepared, any other one of files with 550. */
  private void serve(ScriptedServer.Talk talk) throws IOException {
    talk.say("220 ready");
    for (String line = talk.hear(); line != null; line = talk.hear()) {
      String verb = line.split(" ", 2)[0];
      String prepared = answers.getOrDefault(line, answers.get(verb));
      String octets = data.get(verb);
      if (octets != null) {
        talk.say("150 go");
        try (Socket connection = talk.data()) {
          connection.getOutputStream().write(octets.getBytes(StandardCharsets.UTF_8));
        }
        talk.say("226 done");
      } else {
        talk.say(prepared != null ? prepared : usual(talk, line, verb));
      }
      if (verb.equals("QUIT")) {
        return;
      }
    }
  }

  private static String usual(ScriptedServer.Talk talk, String line, String verb) {
    return switch (verb) {
      case "USER" -> "331 password?";
      case "PASS" -> "230 in";
      case "FEAT" -> "211-Features\r\n REST STREAM\r\n211 End";
      case "SYST" -> "215 UNIX Type: L8";
      case "TYPE", "OPTS", "CLNT" -> "200 yes";
      case "PWD" -> "257 \"/\" here";
      case "EPSV" -> "229 here (|||" + talk.dataPort() + "|)";
      case "CWD" -> line.equals("CWD /d") || line.equals("CWD /") ? "250 in" : "550 no directory";
      case "SIZE", "MDTM" -> "550 no such file";
      case "QUIT" -> "221 bye";
      default -> "502 not known: " + verb;
    };
  }
}
