package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.decorate.QuotaStorage;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import dev.sluice.test.OwnThread;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files: stored, fetched, renamed, removed, described, digested. */
final class FilesIT {
  @TempDir private Path outer;
  private Path root;
  private TestServer server;
  private FtpTalk talk;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(outer.resolve("u"));
    server = new TestServer(root);
    talk = server.login();
    write("f", "0123456789");
  }

  @AfterEach
  void stop() {
    talk.close();
    server.close();
  }

  @Test
  @Conforms({"FTP-103", "FTP-097", "FTP-111"})
  void storedFilesAreThereWhenTheReplyIs() {
    assertThat(talk.upload("STOR empty", new byte[0]).code()).isEqualTo(226);
    assertThat(root.resolve("empty")).isEmptyFile();
    assertThat(talk.download("RETR empty")).isEmpty();
    assertThat(talk.upload("STOR f", text("new")).code()).isEqualTo(226);
    assertThat(root.resolve("f")).hasContent("new");
  }

  @Test
  @Conforms("FTP-111")
  void oldContentStaysVisibleUntilTheNewIsComplete() throws IOException {
    try (Socket data = talk.passive();
        FtpTalk other = server.login()) {
      assertThat(talk.say("STOR f").code()).isIn(125, 150);
      data.getOutputStream().write(text("half"));
      assertThat(other.download("RETR f")).isEqualTo(text("0123456789"));
      data.shutdownOutput();
      talk.expect(226);
      assertThat(other.download("RETR f")).isEqualTo(text("half"));
    }
  }

  @Test
  @Conforms({"FTP-112", "FTP-120"})
  void appendAddsAndCreatesAndConcurrentAppendsDoNotOverwrite() throws Exception {
    talk.upload("APPE f", text("abc"));
    assertThat(root.resolve("f")).hasContent("0123456789abc");
    talk.upload("APPE log", text("x"));
    List<CompletableFuture<Integer>> appends = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      appends.add(
          CompletableFuture.supplyAsync(
              () -> {
                try (FtpTalk one = server.login()) {
                  return one.upload("APPE log", new byte[5000]).code();
                }
              },
              new OwnThread("append")));
    }
    for (CompletableFuture<Integer> append : appends) {
      assertThat(append.get()).isEqualTo(226);
    }
    assertThat(root.resolve("log")).hasSize(20_001);
    talk.expect(350, "REST 3");
    talk.upload("APPE f", text("XY"));
    assertThat(root.resolve("f")).hasContent("012XY56789abc");
  }

  @Test
  @Conforms("FTP-113")
  void uniqueStoreTellsItsNameInThePreliminaryReply() throws IOException {
    try (Socket data = talk.passive()) {
      FtpTalk.Answer begun = talk.say("STOU note");
      assertThat(begun.first()).matches("(125|150) FILE: /note\\.[-0-9a-f]+");
      data.getOutputStream().write(text("unique"));
      data.shutdownOutput();
      talk.expect(226);
      String name = begun.first().substring("150 FILE: /".length());
      assertThat(root.resolve(name)).hasContent("unique");
    }
    talk.expect(350, "REST 1");
    talk.epsv();
    talk.expect(503, "STOU x");
  }

  @Test
  @Conforms({"FTP-115", "FTP-116", "FTP-119"})
  void restartedDownloadBeginsAtTheOffset() {
    talk.expect(350, "REST 4");
    assertThat(talk.download("RETR f")).isEqualTo(text("456789"));
    assertThat(talk.download("RETR f")).isEqualTo(text("0123456789"));
    talk.expect(350, "REST 10");
    assertThat(talk.download("RETR f")).isEmpty();
    talk.expect(350, "REST 11");
    talk.epsv();
    talk.expect(554, "RETR f");
    talk.expect(350, "REST 2");
    talk.epsv();
    talk.expect(550, "RETR missing");
    assertThat(talk.download("RETR f")).hasSize(10);
  }

  @Test
  @Conforms("FTP-117")
  void restartedUploadKeepsWhatLiesAroundIt() {
    talk.expect(350, "REST 2");
    talk.upload("STOR f", text("ab"));
    assertThat(root.resolve("f")).hasContent("01ab456789");
    talk.expect(350, "REST 11");
    talk.epsv();
    talk.expect(554, "STOR f");
  }

  @Test
  @Conforms({"FTP-124", "FTP-125"})
  void renameNeedsItsTwoHalvesTogether() throws IOException {
    talk.expect(550, "RNFR missing");
    talk.expect(503, "RNTO g");
    talk.expect(350, "RNFR f");
    talk.expect(200, "NOOP");
    talk.expect(250, "RNTO g");
    assertThat(root.resolve("g")).hasContent("0123456789");
    talk.expect(350, "RNFR g");
    talk.expect(257, "PWD");
    talk.expect(503, "RNTO h");
    Files.createDirectory(root.resolve("d"));
    talk.expect(350, "RNFR g");
    assertThat(talk.say("RNTO d").code()).isIn(550, 553);
    talk.expect(503, "RNTO h");
    write("target", "old");
    talk.expect(350, "RNFR g");
    talk.expect(250, "RNTO target");
    assertThat(root.resolve("target")).hasContent("0123456789");
  }

  @Test
  @Conforms("FTP-126")
  void removalsAreRefusedForTheWrongKind() throws IOException {
    Files.createDirectories(root.resolve("d/e"));
    talk.expect(550, "DELE d");
    talk.expect(550, "DELE missing");
    talk.expect(550, "RMD d");
    talk.expect(550, "RMD f");
    talk.expect(550, "RMD missing");
    talk.expect(550, "RMD /");
    talk.expect(250, "RMD d/e");
    talk.expect(250, "XRMD d");
    talk.expect(250, "DELE f");
    assertThat(root).isEmptyDirectory();
  }

  @Test
  @Conforms({"FTP-170", "FTP-171", "FTP-174"})
  void sizeAndTimeAreExactAndOnOneLine() throws IOException {
    setModified("f", "2020-02-29T12:34:56Z");
    assertThat(talk.expect(213, "SIZE f").lines()).containsExactly("213 10");
    assertThat(talk.expect(213, "MDTM f").lines()).containsExactly("213 20200229123456");
    Files.createDirectory(root.resolve("d"));
    for (String command : List.of("SIZE d", "SIZE x", "MDTM x", "SIZE f*", "MDTM *")) {
      talk.expect(550, command);
    }
    write("20200229123456 f", "odd");
    assertThat(talk.expect(213, "SIZE 20200229123456 f").first()).isEqualTo("213 3");
    talk.expect(213, "MDTM 20200229123456 f");
    talk.expect(200, "TYPE A");
    talk.expect(550, "SIZE f");
  }

  @Test
  @Conforms("FTP-173")
  void aTimeBeforeANameSetsItUnlessAFileHasThatWholeName() throws IOException {
    setModified("f", "2020-02-29T12:34:56Z");
    talk.expect(550, "MDTM 19990929043300 missing");
    assertThat(talk.expect(213, "MDTM 19980102030405 f").first())
        .isEqualTo("213 Modify=19980102030405; f");
    assertThat(talk.expect(213, "MDTM f").first()).isEqualTo("213 19980102030405");
    setModified("f", "2020-02-29T12:34:56Z");
    write("19990929043300 f", "whole");
    setModified("19990929043300 f", "2021-01-01T00:00:00Z");
    assertThat(talk.expect(213, "MDTM 19990929043300 f").first()).isEqualTo("213 20210101000000");
    assertThat(talk.expect(213, "MDTM f").first()).isEqualTo("213 20200229123456");
  }

  @Test
  void aDirectoryIsNotRemovedByItsOwnDots() throws IOException {
    Files.createDirectory(root.resolve("dots"));
    for (String command : List.of("RMD dots/.", "RMD dots/./", "RMD .", "RMD dots/x/..")) {
      talk.expect(550, command);
    }
    assertThat(root.resolve("dots")).isDirectory();
    talk.expect(250, "RMD dots/");
  }

  @Test
  @Conforms("FTP-223")
  void anUploadBeyondTheQuotaIsAnsweredBehindItsDataAndLeavesNothing() throws IOException {
    try (TestServer small =
            new TestServer(
                root, with -> with.storage(QuotaStorage.of(LocalStorage.at(root), 100)));
        FtpTalk guest = small.login();
        Socket data = guest.passive()) {
      assertThat(guest.say("STOR big").code()).isIn(125, 150);
      data.getOutputStream().write(new byte[200]);
      guest.expect(552);
      assertThat(data.getInputStream().read()).as("an end, not a reset").isEqualTo(-1);
      assertThat(guest.upload("STOR fits", new byte[90]).code()).isEqualTo(226);
    }
    assertThat(root.resolve("big")).doesNotExist();
    assertThat(root.resolve("f")).hasContent("0123456789");
  }

  @Test
  @Conforms({"FTP-188", "FTP-189", "FTP-129", "FTP-128"})
  void timesAndModesAreReallySet() throws IOException {
    assertThat(talk.expect(213, "MFMT 20150102030405 f").first())
        .isEqualTo("213 Modify=20150102030405; f");
    assertThat(Files.getLastModifiedTime(root.resolve("f")).toInstant())
        .isEqualTo(Instant.parse("2015-01-02T03:04:05Z"));
    talk.expect(501, "MFMT 20230229000000 f");
    talk.expect(501, "MFMT yesterday f");
    talk.expect(550, "MFMT 20150102030405 missing");
    talk.expect(213, "MFF Modify=20160102030405;UNIX.mode=0640; f");
    assertThat(talk.expect(213, "MDTM f").first()).isEqualTo("213 20160102030405");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("f"))))
        .isEqualTo("rw-r-----");
    assertThat(talk.expect(504, "MFF Colour=red; f").first()).contains("Colour");
    talk.expect(200, "SITE UTIME 20170102030405 f");
    assertThat(talk.expect(213, "MDTM f").first()).isEqualTo("213 20170102030405");
    talk.expect(200, "SITE UTIME f 20180102030405 20190102030405 20180102030405 UTC");
    assertThat(talk.expect(213, "MDTM f").first()).isEqualTo("213 20190102030405");
    talk.expect(501, "SITE UTIME never f");
    talk.expect(200, "SITE CHMOD 600 f");
    talk.expect(501, "SITE CHMOD 4755 f");
    talk.expect(501, "SITE CHMOD rwx f");
    talk.expect(550, "SITE CHMOD 600 missing");
  }

  @Test
  @Conforms({"FTP-130", "FTP-131"})
  void siteCommandsStayInsideTheRoot() {
    assertThat(talk.expect(214, "SITE HELP").lines().toString()).contains("CHMOD", "SYMLINK");
    talk.expect(200, "SITE MKDIR a/b/c");
    assertThat(root.resolve("a/b/c")).isDirectory();
    talk.expect(200, "SITE SYMLINK ../../f a/b/link");
    assertThat(talk.download("RETR a/b/link")).hasSize(10);
    talk.expect(550, "SITE SYMLINK ../secret out");
    talk.expect(550, "SITE SYMLINK a/../../secret out");
    for (String word : List.of("EXEC ls", "CPFR /etc/passwd", "CPTO /tmp/x", "ALIAS")) {
      talk.expect(500, "SITE " + word);
    }
  }

  @Test
  @Conforms({"FTP-191", "FTP-193", "FTP-195"})
  void digestsAreThoseOfTheOctets() {
    assertThat(talk.expect(213, "HASH f").first())
        .isEqualTo(
            "213 SHA-256 0-10 84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882 f");
    assertThat(talk.expect(250, "XCRC f").first()).isEqualTo("250 A684C7C6");
    assertThat(talk.expect(250, "XMD5 \"f\" 0 3").first())
        .isEqualToIgnoringCase("250 d2490f048dc3b77a457e3e450ab4eb38");
    talk.expect(250, "XSHA1 f 5");
    talk.expect(250, "XSHA512 f");
    talk.expect(501, "XMD5 f 5 4");
    talk.expect(501, "XMD5 f 11");
    talk.expect(550, "XCRC missing");
    talk.expect(550, "HASH missing");
    talk.expect(257, "MKD d");
    talk.expect(553, "HASH d");
  }

  @Test
  @Conforms("FTP-198")
  void availableSpaceIsANumber() {
    assertThat(talk.expect(213, "AVBL").first()).matches("213 [1-9][0-9]*");
    talk.expect(550, "AVBL f");
    talk.expect(550, "AVBL missing");
  }

  @Test
  @Conforms({"FTP-055", "FTP-224"})
  void pathsOutsideTheRootAnswerTheSameWhetherTheyExistOrNot() throws IOException {
    Files.createDirectory(outer.resolve("u2"));
    Files.writeString(outer.resolve("secret"), "no");
    Files.writeString(outer.resolve("u2/secret"), "no");
    Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("sibling"), outer.resolve("u2"));
    Files.createSymbolicLink(root.resolve("leak"), outer.resolve("secret"));
    for (String verb :
        List.of(
            "SIZE",
            "MDTM",
            "CWD",
            "DELE",
            "RNFR",
            "RMD",
            "HASH",
            "XCRC",
            "SITE CHMOD 777",
            "MFMT 20150102030405",
            "LIST",
            "MLST",
            "NLST",
            "STAT")) {
      for (String path : List.of("../secret", "/../../u2/secret", "up/secret", "sibling/secret")) {
        String existing = talk.say(verb + " " + path).first();
        String missing = talk.say(verb + " " + path + "x").first();
        assertThat(existing).as(verb + " " + path).isEqualTo(missing).startsWith("550");
      }
    }
    for (String path : List.of("leak", "up/secret", "sibling/secret", "../u2/secret")) {
      talk.epsv();
      talk.expect(550, "RETR " + path);
    }
    talk.epsv();
    talk.expect(550, "STOR up/planted");
    talk.epsv();
    talk.expect(550, "STOR sibling/planted");
    talk.expect(350, "RNFR f");
    assertThat(talk.say("RNTO up/f").code()).isGreaterThanOrEqualTo(500);
    assertThat(outer.toFile().list()).containsExactlyInAnyOrder("u", "u2", "secret");
    assertThat(outer.resolve("secret")).hasContent("no");
    talk.expect(221, "QUIT");
  }

  @Test
  @Conforms({"FTP-060", "FTP-061"})
  void textTypeConvertsLineEndsBothWays() throws IOException {
    write("unix", "a\nb\r\nc\n");
    talk.expect(200, "TYPE A");
    assertThat(talk.download("RETR unix")).isEqualTo(text("a\r\nb\r\nc\r\n"));
    talk.upload("STOR text", text("one\r\ntwo\rthree\n\r\n"));
    assertThat(root.resolve("text")).hasBinaryContent(text("one\ntwo\rthree\n\n"));
  }

  @Test
  @Conforms({"FTP-199", "FTP-200", "FTP-103"})
  void deflateModeCarriesFilesAndListingsAndRefusesCorruptOnes() throws IOException {
    talk.expect(200, "MODE Z");
    assertThat(inflate(talk.download("RETR f"))).isEqualTo(text("0123456789"));
    assertThat(new String(inflate(talk.download("LIST")), StandardCharsets.UTF_8)).contains(" f\r");
    assertThat(new String(inflate(talk.download("MLSD")), StandardCharsets.UTF_8))
        .contains("; f\r\n");
    assertThat(talk.upload("STOR z", deflate(text("zipped"))).code()).isEqualTo(226);
    assertThat(root.resolve("z")).hasContent("zipped");
    byte[] whole = deflate(new byte[5000]);
    assertThat(talk.upload("STOR z", java.util.Arrays.copyOf(whole, whole.length / 2)).code())
        .isIn(426, 451);
    assertThat(talk.upload("STOR z", text("not zlib at all")).code()).isIn(426, 451);
    assertThat(root.resolve("z")).hasContent("zipped");
  }

  @Test
  @Conforms({"FTP-066", "FTP-067"})
  void blockModeCarriesFiles() throws IOException {
    talk.expect(200, "MODE B");
    byte[] sent = talk.download("RETR f");
    assertThat(new String(sent, StandardCharsets.ISO_8859_1)).contains("0123456789");
    assertThat(sent.length).isIn(13, 16);
    byte[] blocks = new byte[] {0, 0, 2, 'h', 'i', 64, 0, 1, '!'};
    assertThat(talk.upload("STOR b", blocks).code()).isEqualTo(226);
    assertThat(root.resolve("b")).hasContent("hi!");
    assertThat(talk.upload("STOR b", new byte[] {0, 0, 2, 'h', 'i'}).code()).isIn(426, 451);
    assertThat(root.resolve("b")).hasContent("hi!");
    assertThat(talk.upload("STOR e", new byte[] {64, 0, 0}).code()).isEqualTo(226);
    assertThat(root.resolve("e")).isEmptyFile();
  }

  @Test
  void zlibBombIsCutOff() throws IOException {
    talk.expect(200, "MODE Z");
    byte[] bomb = deflate(new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(100_000);
    int code = talk.upload("STOR bomb", bomb).code();
    assertThat(code).isIn(226, 426, 451, 452, 552);
  }

  @Test
  @Conforms("FTP-163")
  void overlongNamesAreRefused() {
    talk.epsv();
    assertThat(talk.say("STOR " + "x".repeat(300)).code()).isIn(550, 553);
    assertThat(talk.say("MKD " + "x".repeat(300)).code()).isIn(550, 553);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(root.resolve(name), content);
  }

  private void setModified(String name, String time) throws IOException {
    Files.setLastModifiedTime(
        root.resolve(name), java.nio.file.attribute.FileTime.from(Instant.parse(time)));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] inflate(byte[] octets) throws IOException {
    try (InputStream in = new InflaterInputStream(new java.io.ByteArrayInputStream(octets))) {
      return in.readAllBytes();
    }
  }

  private static byte[] deflate(byte[] octets) throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(octets);
    }
    return out.toByteArray();
  }
}
