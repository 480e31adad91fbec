package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LIST, NLST, MLSD, MLST and STAT of a path. */
final class ListingIT {
  @TempDir private Path root;
  private TestServer server;
  private FtpTalk talk;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(root);
    talk = server.login();
    Files.createDirectory(root.resolve("dir"));
    Files.createDirectory(root.resolve("empty"));
    Files.writeString(root.resolve("dir/a.txt"), "aaa");
    Files.writeString(root.resolve("dir/b.txt"), "b");
    Files.writeString(root.resolve("dir/c.log"), "c");
    Files.writeString(root.resolve("dir/.hidden"), "h");
    Files.writeString(root.resolve("file one"), "1");
  }

  @AfterEach
  void stop() {
    talk.close();
    server.close();
  }

  @Test
  @Conforms({"FTP-132", "FTP-135"})
  void nameListsCanBeUsedAsTheyStand() {
    assertThat(talk.listing("NLST")).containsExactlyInAnyOrder("dir", "empty", "file one");
    assertThat(talk.listing("NLST dir"))
        .containsExactlyInAnyOrder("dir/a.txt", "dir/b.txt", "dir/c.log");
    assertThat(talk.listing("NLST -a dir")).contains("dir/.hidden").hasSize(4);
    assertThat(talk.listing("NLST /dir/")).contains("/dir/a.txt");
    for (String name : talk.listing("NLST dir")) {
      assertThat(talk.download("RETR " + name)).isNotEmpty();
    }
  }

  @Test
  @Conforms("FTP-133")
  void wildcardsExpandInTheLastElementUnlessTheNameExists() throws IOException {
    assertThat(talk.listing("NLST dir/*.txt")).containsExactlyInAnyOrder("dir/a.txt", "dir/b.txt");
    assertThat(talk.listing("NLST dir/[bc].*")).containsExactlyInAnyOrder("dir/b.txt", "dir/c.log");
    assertThat(talk.listing("LIST dir/?.log")).singleElement().asString().endsWith(" c.log");
    assertThat(talk.listing("NLST dir/*.nothing")).isEmpty();
    Files.writeString(root.resolve("dir/*.txt"), "star");
    assertThat(talk.listing("NLST dir/*.txt")).containsExactly("dir/*.txt");
  }

  @Test
  @Conforms({"FTP-134", "FTP-136", "FTP-104"})
  void listOfAFileIsItsLineAndOfAnEmptyDirectoryNothing() {
    assertThat(talk.listing("LIST file one")).singleElement().asString().endsWith(" file one");
    assertThat(talk.listing("LIST empty")).isEmpty();
    assertThat(talk.listing("NLST empty")).isEmpty();
    assertThat(talk.listing("MLSD empty")).isEmpty();
    assertThat(talk.expect(211, "STAT").lines().toString()).contains("TYPE: I");
    talk.epsv();
    talk.expect(550, "LIST missing");
  }

  @Test
  @Conforms({"FTP-137", "FTP-138", "FTP-139"})
  void linesLookLikeThoseOfLs() throws IOException {
    Path file = root.resolve("dir/a.txt");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    Files.createSymbolicLink(root.resolve("dir/link"), Path.of("a.txt"));
    List<String> lines = talk.listing("LIST dir");
    assertThat(lines)
        .anyMatch(l -> l.matches("-rwxr-x--x   1 \\S+ +\\S+ +3 Feb  3  2001 a\\.txt"))
        .anyMatch(
            l ->
                l.matches(
                    "-rw\\S+   1 \\S+ +\\S+ +1 [A-Z][a-z]{2} [ 0-9]\\d \\d\\d:\\d\\d b\\.txt"))
        .anyMatch(l -> l.startsWith("l") && l.endsWith(" link -> a.txt"))
        .noneMatch(l -> l.startsWith("total"));
  }

  @Test
  @Conforms("FTP-140")
  void namesWithLineBreaksForgeNoLineAndHideNoFile() throws IOException {
    Files.writeString(root.resolve("dir/evil\r\n-rw-r--r-- 1 x x 1 Jan 1 2020 forged"), "x");
    for (String command : List.of("LIST dir", "NLST dir", "MLSD dir")) {
      assertThat(talk.listing(command))
          .filteredOn(line -> line.contains("forged"))
          .singleElement()
          .asString()
          .contains("evil\\x0d\\x0a-rw");
    }
  }

  @Test
  @Conforms({"FTP-175", "FTP-176", "FTP-178", "FTP-179", "FTP-180", "FTP-181", "FTP-182"})
  void machineListingsTellFactsThenTheName() throws IOException {
    Files.setLastModifiedTime(
        root.resolve("file one"), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    Files.createLink(root.resolve("second name"), root.resolve("file one"));
    List<String> entries = talk.listing("MLSD");
    String file = entries.stream().filter(e -> e.endsWith("; file one")).findFirst().orElseThrow();
    assertThat(file)
        .contains("type=file;", "size=1;", "modify=20010203040506;", "perm=adfrw;", "unique=");
    String directory = entries.stream().filter(e -> e.endsWith("; dir")).findFirst().orElseThrow();
    assertThat(directory).contains("type=dir;", "perm=cdeflmp;").doesNotContain("size=");
    String second =
        entries.stream().filter(e -> e.endsWith(" second name")).findFirst().orElseThrow();
    assertThat(unique(second)).isEqualTo(unique(file)).isNotEqualTo(unique(directory));
    FtpTalk.Answer one = talk.expect(250, "MLST dir");
    assertThat(one.inner()).singleElement().asString().startsWith(" type=dir;").endsWith("; /dir");
    assertThat(talk.expect(250, "MLST").inner().get(0)).endsWith("; /");
    talk.epsv();
    talk.expect(501, "MLSD file one");
    talk.expect(550, "MLST missing");
  }

  @Test
  @Conforms({"FTP-177", "FTP-186"})
  void machineListingsIgnoreTypeAndModeButNotTheSelection() {
    talk.expect(200, "TYPE A");
    talk.expect(200, "MODE B");
    talk.expect(200, "OPTS MLST type;");
    assertThat(talk.listing("MLSD dir")).contains("type=file; a.txt");
    talk.expect(200, "OPTS MLST");
    assertThat(talk.listing("MLSD dir")).contains(" a.txt");
  }

  @Test
  void listOfAllShowsTheDirectoryAndItsParentAsLsDoes() {
    assertThat(talk.listing("LIST -la dir"))
        .anyMatch(line -> line.startsWith("d") && line.endsWith(" ."))
        .anyMatch(line -> line.startsWith("d") && line.endsWith(" .."))
        .anyMatch(line -> line.endsWith(" .hidden"));
    assertThat(talk.listing("LIST -A dir"))
        .noneMatch(line -> line.endsWith(" ."))
        .anyMatch(line -> line.endsWith(" .hidden"));
    assertThat(talk.listing("NLST -a dir")).doesNotContain("dir/.", "dir/..");
  }

  @Test
  @Conforms("FTP-184")
  void linksAreShownAsLinks() throws IOException {
    Files.createSymbolicLink(root.resolve("dir/link"), Path.of("a.txt"));
    assertThat(talk.listing("MLSD dir")).anyMatch(e -> e.contains("type=OS.unix=slink:a.txt;"));
  }

  @Test
  @Conforms("FTP-051")
  void statusOfAPathComesOnTheControlConnection() {
    FtpTalk.Answer answer = talk.expect(213, "STAT dir");
    assertThat(answer.inner()).hasSize(3).allMatch(line -> line.startsWith(" -"));
  }

  @Test
  void pureFtpdCve201920176RecursionIsNotOffered() throws IOException {
    Path deep = root.resolve("deep");
    for (int i = 0; i < 150; i++) {
      deep = deep.resolve("d");
    }
    Files.createDirectories(deep);
    assertThat(talk.listing("LIST -R deep")).hasSize(1);
  }

  @Test
  void globBombsAreAnsweredAtOnce() throws IOException {
    Files.writeString(root.resolve("dir/" + "a".repeat(200)), "x");
    assertThat(talk.listing("NLST dir/" + "*a".repeat(100) + "b")).isEmpty();
    assertThat(talk.listing("NLST dir/{a,b}{a,b}{a,b}*")).isEmpty();
    talk.expect(200, "NOOP");
  }

  private static String unique(String entry) {
    return entry.replaceAll(".*unique=([^;]*);.*", "$1");
  }
}
