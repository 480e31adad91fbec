package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.cli.LiveServers.Ran;
import dev.sluice.cli.output.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands do the same on every server and on this machine. */
final class AnyPlaceTest {
  @TempDir Path home;
  private Path served;
  private LiveServers servers;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    Files.createDirectories(served.resolve("in/sub"));
    Files.writeString(served.resolve("in/1.csv"), "a\n");
    Files.writeString(served.resolve("in/2.csv"), "bb\n");
    Files.writeString(served.resolve("in/x*.txt"), "star\n");
    Files.writeString(served.resolve("in/sub/3.csv"), "ccc\n");
    servers = new LiveServers(served);
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp", "local"})
  void whatIsThereIsShownInTheSameWords(String where) {
    assertThat(servers.run("ls", place(where, "/in")).out())
        .isEqualTo("1.csv\n2.csv\nsub\nx*.txt\n");
    assertThat(servers.run("tree", place(where, "/in")).out().lines().skip(1))
        .containsExactly("  1.csv", "  2.csv", "  sub/", "    3.csv", "  x*.txt");
    assertThat(servers.run("tree", "--depth", "1", place(where, "/in")).out())
        .doesNotContain("3.csv");
    assertThat(servers.run("stat", place(where, "/in/2.csv")).out())
        .contains("kind: file\n", "size: 3\n");
    assertThat(servers.run("du", place(where, "/in")).out()).contains("14", "4 files");
    assertThat(servers.run("sum", "-a", "md5", place(where, "/in/1.csv")).out())
        .isEqualTo("60b725f10c9c85c70d97880dfe8191b3  " + shown(where, "/in/1.csv") + "\n");
    assertThat(servers.run("sum", "--read", "-a", "MD5", place(where, "/in/1.csv")).out())
        .startsWith("60b725f10c9c85c70d97880dfe8191b3 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp", "local"})
  void whatIsFoundMeetsEveryConditionAndIsAWordThatCommandsTake(String where) {
    String in = place(where, "/in");

    assertThat(servers.run("find", "--name", "*.csv", in).out().lines())
        .containsExactlyInAnyOrder(
            shown(where, "/in/1.csv"), shown(where, "/in/2.csv"), shown(where, "/in/sub/3.csv"));
    assertThat(servers.run("find", "--type", "directory", in).out())
        .isEqualTo(shown(where, "/in/sub") + "\n");
    assertThat(servers.run("find", "--larger", "2", "--smaller", "4", in).out())
        .isEqualTo(shown(where, "/in/2.csv") + "\n");
    assertThat(servers.run("find", "--older", "1d", in).out()).isEmpty();
    assertThat(servers.run("find", "--newer", "1d", "--type", "file", in).out().lines()).hasSize(4);
    String star = servers.run("find", "--name", "x*", in).out().strip();
    String password = star.replace("://ann@", "://ann:pw@");
    assertThat(servers.run("stat", password).out()).contains("size: 5\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void patternsStandForWhatIsOnTheServer(String scheme) {
    assertThat(servers.run("ls", place(scheme, "/in/*.csv")).out().lines())
        .containsExactly(shown(scheme, "/in/1.csv"), shown(scheme, "/in/2.csv"));
    assertThat(servers.run("ls", place(scheme, "/**/[13].csv")).out().lines())
        .containsExactly(shown(scheme, "/in/1.csv"), shown(scheme, "/in/sub/3.csv"));
    assertThat(servers.run("stat", place(scheme, "/in/x%2A.txt")).status()).isZero();
    Ran none = servers.run("ls", place(scheme, "/in/*.pdf"));
    assertThat(none.status()).isEqualTo(5);
    assertThat(none.err()).contains("matches nothing");
  }

  @Test
  void oneServerGivesToAnotherWhatItHas() {
    Ran files =
        servers.run(
            "cp", place("ftp", "/in/*.csv"), place("sftp", "/in/1.csv"), place("sftp", "/"));
    assertThat(files.status()).isEqualTo(1);
    assertThat(files.err()).contains("another source has the same name", "2 copied", "1 failed");
    assertThat(served.resolve("2.csv")).hasContent("bb");

    assertThat(servers.run("cp", "-r", place("sftp", "/in"), place("ftp", "/copy")).status())
        .isZero();
    assertThat(served.resolve("copy/sub/3.csv")).hasContent("ccc");
    assertThat(servers.run("cp", place("ftp", "/in/2.csv"), place("ftp", "/again")).status())
        .isZero();
    assertThat(served.resolve("again")).hasContent("bb");
    assertThat(servers.run("cp", place("local", "/in/1.csv"), home + "/here").status()).isZero();
    assertThat(home.resolve("here")).hasContent("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp", "local"})
  void whatIsMovedIsElsewhereAndWholeAndGoneFromWhereItWas(String where) throws IOException {
    Path inbox = Files.createDirectory(home.resolve("inbox"));

    Ran several =
        servers.run(
            "mv", place(where, "/in/1.csv"), place(where, "/in/2.csv"), place(where, "/in/sub"));
    assertThat(several.status()).as(several.err()).isZero();
    assertThat(served.resolve("in/sub/1.csv")).hasContent("a");
    assertThat(served.resolve("in/1.csv")).doesNotExist();

    Ran away = servers.run("mv", "-v", place(where, "/in/sub"), inbox.toString());
    assertThat(away.status()).as(away.err()).isZero();
    assertThat(inbox.resolve("sub/3.csv")).hasContent("ccc");
    assertThat(served.resolve("in/sub")).doesNotExist();
    Ran back = servers.run("mv", inbox + "/sub/3.csv", place(where, "/in/4.csv"));
    assertThat(back.status()).as(back.err()).isZero();
    assertThat(served.resolve("in/4.csv")).hasContent("ccc");
    assertThat(inbox.resolve("sub/3.csv")).doesNotExist();
    assertThat(servers.run("mv", place(where, "/in/4.csv"), place(where, "/in/4.csv")).status())
        .isEqualTo(2);
    assertThat(servers.run("mv", place(where, "/"), inbox.toString()).status())
        .isEqualTo(where.equals("local") ? 0 : 2);
  }

  @Test
  void aLinkOfThisMachineIsMovedItself() throws IOException {
    Path link = Files.createSymbolicLink(home.resolve("link"), served.resolve("in/1.csv"));

    assertThat(servers.run("mv", link.toString(), home + "/other").status()).isZero();

    assertThat(home.resolve("other")).isSymbolicLink();
    assertThat(served.resolve("in/1.csv")).exists();
  }

  @Test
  void severalFilesAreNotMovedOntoOneName() {
    Ran ran = servers.run("mv", place("sftp", "/in/*.csv"), place("ftp", "/none"));

    assertThat(ran.status()).isEqualTo(5);
    assertThat(ran.err()).contains("several sources need one");
    assertThat(served.resolve("in/1.csv")).exists();
  }

  @Test
  void nothingIsCopiedOntoOrBelowItself() {
    for (String where : List.of("ftp", "sftp", "local")) {
      String file = place(where, "/in/1.csv");
      assertThat(servers.run("cp", "--in-place", file, file).status()).isEqualTo(2);
      assertThat(servers.run("cp", "-r", place(where, "/in"), place(where, "/in/sub/x")).status())
          .isEqualTo(2);
    }
    assertThat(served.resolve("in/1.csv")).hasContent("a");
    assertThat(served.resolve("in/sub/x")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp", "local"})
  void aSourceThatHasBeenCopiedGoesWhereItIsTold(String where) throws IOException {
    Path target = Files.createDirectory(home.resolve("target"));

    assertThat(
            servers
                .run("cp", "--then-move", "done", place(where, "/in/1.csv"), target + "/")
                .status())
        .isZero();
    assertThat(servers.run("cp", "--then-remove", place(where, "/in/2.csv"), target + "/").status())
        .isZero();
    assertThat(
            servers
                .run("cp", "-r", "--then-remove", place(where, "/in/sub"), target + "/")
                .status())
        .isZero();

    assertThat(target.resolve("1.csv")).hasContent("a");
    assertThat(target.resolve("2.csv")).hasContent("bb");
    assertThat(target.resolve("sub/3.csv")).hasContent("ccc");
    assertThat(served.resolve("in/done/1.csv")).hasContent("a");
    assertThat(served.resolve("in/2.csv")).doesNotExist();
    assertThat(served.resolve("in/sub")).isEmptyDirectory();
  }

  @Test
  void aPlaceThatFailsKeepsNoOtherFromItsTurn() {
    Ran ran = servers.run("ls", place("ftp", "/no"), place("sftp", "/in/1.csv"), home + "/none");

    assertThat(ran.status()).isEqualTo(5);
    assertThat(ran.out()).contains("1.csv");
    assertThat(ran.err().lines().filter(line -> line.startsWith("sluice: "))).hasSize(2);
  }

  @Test
  void eachEventIsAnObjectOnALineWithTheDocumentedFields() throws IOException {
    Path target = Files.createDirectory(home.resolve("target"));
    String in = place("sftp", "/in");
    List<Ran> all =
        List.of(
            servers.run("tree", "--json", in),
            servers.run("stat", "--json", in + "/1.csv"),
            servers.run("find", "--json", in),
            servers.run("du", "--json", in),
            servers.run("df", "--json", in),
            servers.run("sum", "--json", in + "/1.csv"),
            servers.run("cp", "--json", "-r", in, target.toString()),
            servers.run("mkdir", "--json", in + "/new"),
            servers.run("mv", "--json", in + "/new", in + "/old"),
            servers.run("rm", "--json", "-r", in + "/old"),
            servers.run("clean", "--json", "--older-than", "0", in),
            servers.run("stat", "--json", in + "/none"));

    for (Ran ran : all) {
      for (String line : ran.out().lines().toList()) {
        List<String> names = members(line);
        Event event = Event.valueOf(word(line).toUpperCase(Locale.ROOT));
        assertThat(names.get(0)).isEqualTo("event");
        assertThat(event.fields()).as(line).containsAll(names.subList(1, names.size()));
      }
    }
    assertThat(all.get(11).out()).contains("\"event\":\"error\",\"status\":5");
    assertThat(all.get(6).out()).contains("\"outcome\":\"complete\"", "\"event\":\"summary\"");
    assertThat(servers.run("ls", "--json", in, place("ftp", "/in")).out().strip())
        .startsWith("[{")
        .endsWith("}\n]");
  }

  private String place(String where, String path) {
    return where.equals("local") ? served + path : servers.url(where, path);
  }

  private String shown(String where, String path) {
    return where.equals("local") ? served + path : servers.shown(where, path);
  }

  private static List<String> members(String line) throws IOException {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (parser.currentName() != null && token == JsonToken.FIELD_NAME) {
          names.add(parser.currentName());
        }
      }
    }
    return names;
  }

  private static String word(String line) {
    return line.substring("{\"event\":\"".length(), line.indexOf('"', "{\"event\":\"".length()));
  }
}
