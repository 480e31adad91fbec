package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TYPE, STRU, MODE, REST, and what the server says of itself. */
final class ParametersIT {
  @TempDir private Path root;
  private TestServer server;
  private FtpTalk talk;

  @BeforeEach
  void start() {
    server = new TestServer(root);
    talk = server.login();
  }

  @AfterEach
  void stop() {
    talk.close();
    server.close();
  }

  @Test
  @Conforms({"FTP-056", "FTP-057", "FTP-058", "FTP-059"})
  void typesAreSetOrRefusedWithoutEffect() {
    for (String ok : List.of("A", "A N", "a t", "I", "L 8")) {
      talk.expect(200, "TYPE " + ok);
    }
    for (String notOffered : List.of("A C", "E", "L 36")) {
      talk.expect(504, "TYPE " + notOffered);
    }
    for (String malformed : List.of("L", "Q Q", "AN", "")) {
      talk.expect(501, "TYPE " + malformed);
    }
    assertThat(talk.say("STAT").lines().toString()).contains("TYPE: I");
  }

  @Test
  @Conforms({"FTP-062", "FTP-065"})
  void structuresAndModesAreSetOrRefusedWithoutEffect() {
    talk.expect(200, "STRU F");
    talk.expect(504, "STRU R");
    talk.expect(504, "STRU P");
    talk.expect(501, "STRU 7");
    for (String ok : List.of("S", "B", "Z", "s")) {
      talk.expect(200, "MODE " + ok);
    }
    talk.expect(504, "MODE C");
    talk.expect(501, "MODE 1");
    assertThat(talk.say("STAT").lines().toString()).contains("MODE: S");
  }

  @Test
  @Conforms({"FTP-115", "FTP-118"})
  void restartTakesOneToNineteenDigitsInBinaryOnly() {
    talk.expect(350, "REST 0");
    talk.expect(350, "REST 1234567890123456789");
    for (String bad : List.of("", "-1", "1x", "12345678901234567890")) {
      talk.expect(501, "REST " + bad);
    }
    talk.expect(200, "TYPE A");
    talk.expect(350, "REST 0");
    talk.expect(504, "REST 1");
  }

  @Test
  @Conforms("FTP-114")
  void allocationIsSuperfluousButItsSyntaxIsChecked() {
    talk.expect(202, "ALLO 100");
    talk.expect(202, "ALLO 100 R 80");
    talk.expect(501, "ALLO lots");
  }

  @Test
  @Conforms("FTP-187")
  void aSlashSeparatesNamesAndLeadsAPathFromTheRootAsTvfsPromises() throws IOException {
    assertThat(talk.expect(211, "FEAT").inner()).contains(" TVFS");
    Files.createDirectories(root.resolve("d/e"));
    Files.writeString(root.resolve("d/e/f"), "deep");
    Files.writeString(root.resolve("f"), "at the root");
    talk.expect(250, "CWD d");
    for (String same : List.of("e/f", "/d/e/f", "./e/f", "../d/e/f", "//d/e//f")) {
      assertThat(talk.expect(213, "SIZE " + same).first()).isEqualTo("213 4");
    }
    assertThat(talk.expect(213, "SIZE /f").first()).isEqualTo("213 11");
    talk.expect(550, "SIZE f");
    assertThat(talk.listing("MLSD /d"))
        .allSatisfy(line -> assertThat(line.substring(line.indexOf(' '))).doesNotContain("/"));
  }

  @Test
  @Conforms({"FTP-048", "FTP-049"})
  void systemAndHelpAndNoop() {
    assertThat(talk.expect(215, "SYST").first()).isEqualTo("215 UNIX Type: L8");
    assertThat(talk.expect(214, "HELP").lines().toString()).contains("RETR").doesNotContain("AUTH");
    talk.expect(214, "HELP retr");
    talk.expect(214, "HELP SITE");
    talk.expect(200, "NOOP");
  }

  @Test
  @Conforms({"FTP-109", "FTP-014"})
  void verbsThatAreNotOfferedAre502AndUnknownOnes500() {
    for (String verb :
        List.of("SMNT /", "LPRT 1", "LPSV", "CPSV", "SSCN ON", "AUTH TLS", "PBSZ 0", "COMB a b")) {
      talk.expect(502, verb);
    }
    talk.expect(500, "FROB x");
    talk.expect(500, "X");
    talk.expect(257, "PWD");
  }

  @Test
  @Conforms({"FTP-153", "FTP-154", "FTP-155", "FTP-160", "FTP-185"})
  void featuresAreListedOneALineAndEachWorks() {
    FtpTalk.Answer answer = talk.expect(211, "FEAT");
    assertThat(answer.last()).isEqualTo("211 End");
    assertThat(answer.inner()).allMatch(line -> line.matches(" \\S.*"));
    List<String> names =
        answer.inner().stream().map(l -> l.trim().split(" ")[0]).collect(Collectors.toList());
    assertThat(names)
        .contains("EPRT", "EPSV", "MDTM", "MFMT", "MLST", "REST", "SIZE", "TVFS", "UTF8", "HASH")
        .doesNotContain("MLSD", "FEAT", "OPTS", "AUTH", "PBSZ", "PROT", "HOST", "base");
    assertThat(answer.inner())
        .contains(
            " MLST type*;size*;modify*;create*;perm*;unique*;UNIX.mode*;UNIX.owner*;"
                + "UNIX.group*;");
    talk.expect(501, "FEAT all");
  }

  @Test
  @Conforms({"FTP-159", "FTP-161", "FTP-186", "FTP-192", "FTP-201"})
  void optionsAreSetOrRefusedWithoutEffect() {
    talk.expect(200, "OPTS UTF8");
    talk.expect(200, "OPTS utf8 on");
    talk.expect(200, "OPTS UTF-8 ON");
    talk.expect(501, "OPTS UTF8 OFF");
    talk.expect(501, "OPTS FROB x");
    assertThat(talk.expect(200, "OPTS MLST size;bogus;TYPE;").first())
        .isEqualTo("200 MLST OPTS type;size;");
    talk.expect(501, "OPTS MLST size; type;");
    talk.expect(501, "OPTS MLST size");
    assertThat(talk.say("FEAT").lines().toString()).contains("MLST type*;size*;modify;");
    assertThat(talk.expect(200, "OPTS MLST").first()).isEqualTo("200 MLST OPTS ");
    assertThat(talk.expect(200, "OPTS HASH").first()).isEqualTo("200 SHA-256");
    assertThat(talk.expect(200, "OPTS HASH sha-512").first()).isEqualTo("200 SHA-512");
    talk.expect(501, "OPTS HASH ROT13");
    assertThat(talk.say("FEAT").lines().toString()).contains("SHA-512*");
    talk.expect(200, "OPTS MODE Z LEVEL 9");
    talk.expect(501, "OPTS MODE Z LEVEL 10");
    talk.expect(501, "OPTS MODE Z ENGINE 1");
    talk.expect(200, "OPTS MODE Z");
  }

  @Test
  @Conforms({"FTP-164", "FTP-168", "FTP-169"})
  void languageAndClientNames() {
    talk.expect(200, "LANG");
    talk.expect(200, "LANG en");
    talk.expect(504, "LANG fr");
    talk.expect(501, "LANG !");
    talk.expect(200, "CLNT lftp 4.9");
    assertThat(talk.expect(200, "CSID Name=x; Version=1;").first())
        .contains("Name=Sluice;")
        .contains("DirSep=/;");
  }

  @Test
  @Conforms({"FTP-001", "FTP-002", "FTP-004", "FTP-005", "FTP-007", "FTP-035"})
  void linesAreReadHoweverTheyAreCutAndWritten() throws Exception {
    for (byte octet : "pWd\r\n".getBytes(StandardCharsets.US_ASCII)) {
      talk.sendOctets(octet);
    }
    talk.expect(257);
    talk.sendOctets("NOOP\r\nNOOP\nXPWD\r\nXMKD   a \r\n".getBytes(StandardCharsets.US_ASCII));
    talk.expect(200);
    talk.expect(200);
    talk.expect(257);
    talk.expect(257);
    assertThat(root.resolve("  a ")).isDirectory();
    talk.expect(250, "XRMD   a ");
    talk.sendOctets("MKD c\r\0d\r\n".getBytes(StandardCharsets.US_ASCII));
    talk.expect(257);
    assertThat(root.resolve("c\rd")).isDirectory();
  }

  @Test
  @Conforms({"FTP-007", "FTP-162"})
  void namesThatAreNotUtf8SurviveOctetForOctet() throws Exception {
    talk.sendOctets(new byte[] {'M', 'K', 'D', ' ', 'a', (byte) 0xE9, (byte) 0xFF, (byte) 0xFF});
    talk.sendOctets(new byte[] {'\r', '\n'});
    talk.expect(257);
    byte[] names = talk.download("NLST");
    assertThat(names).containsExactly('a', (byte) 0xE9, (byte) 0xFF, '\r', '\n');
  }

  @Test
  @Conforms("FTP-025")
  void echoedNamesForgeNoReplyLine() throws Exception {
    talk.sendOctets("MKD x\r\0\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(talk.hear().lines()).hasSize(1);
    talk.expect(200, "NOOP");
  }

  @Test
  @Conforms({"FTP-052", "FTP-053", "FTP-054", "FTP-127"})
  void directoriesAreMadeEnteredPrintedAndLeft() throws Exception {
    assertThat(talk.expect(257, "MKD a \"b\"").first()).startsWith("257 \"/a \"\"b\"\"\" ");
    talk.expect(550, "MKD a \"b\"");
    talk.expect(550, "MKD no/parent");
    talk.expect(250, "CWD a \"b\"");
    assertThat(talk.expect(257, "PWD").first()).startsWith("257 \"/a \"\"b\"\"\" ");
    talk.expect(550, "CWD missing");
    Files.writeString(root.resolve("file"), "x");
    talk.expect(550, "CWD /file");
    assertThat(talk.expect(257, "PWD").first()).contains("/a ");
    talk.expect(250, "CDUP");
    talk.expect(250, "CDUP");
    talk.expect(250, "XCUP");
    assertThat(talk.expect(257, "PWD").first()).startsWith("257 \"/\" ");
  }

  @Test
  @Conforms("FTP-050")
  void statusTellsTheStateAndNoSecret() {
    FtpTalk.Answer status = talk.expect(211, "STAT");
    assertThat(status.lines().toString())
        .contains("ann", "TYPE: I", "MODE: S")
        .doesNotContain("secret");
  }
}
