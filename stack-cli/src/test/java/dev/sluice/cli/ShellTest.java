package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.LiveServers.Ran;
import dev.sluice.test.OwnThread;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts of {@code sluice shell}. */
final class ShellTest {
  @TempDir Path home;
  private Path served;
  private Path here;
  private LiveServers servers;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    here = Files.createDirectory(home.resolve("here"));
    Files.createDirectories(served.resolve("in/sub"));
    Files.writeString(served.resolve("in/1.csv"), "one");
    Files.writeString(served.resolve("in/2.csv"), "two");
    Files.writeString(served.resolve("in/x*.csv"), "star");
    servers = new LiveServers(served);
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void commandsWorkInTheDirectoryOfTheShell(String scheme) throws IOException {
    Files.writeString(here.resolve("up.txt"), "up");
    Files.writeString(here.resolve("up 2.txt"), "up2");

    Ran ran =
        script(
            servers.url(scheme, "/in"),
            "# a comment, then nothing",
            "",
            "pwd",
            "ls",
            "lcd " + here,
            "get 1.csv",
            "get '*.csv' literal",
            "get x\\*.csv star.csv",
            "put up.txt",
            "put \"up 2.txt\" sub/",
            "put *.txt sub",
            "mkdir -p new/deep",
            "cd new/deep",
            "pwd",
            "cp ../../1.csv copy",
            "mv copy moved",
            "stat moved",
            "cd ../..",
            "rm 2.csv",
            "find --name 'm*' new",
            "lpwd",
            "cd",
            "pwd");

    assertThat(ran.out())
        .startsWith("/in\n1.csv\n2.csv\nsub\nx*.csv\n")
        .contains("/in/new/deep\n", "size: 3\n", "/in/new/deep/moved\n", here + "\n")
        .endsWith("/in\n");
    assertThat(here.resolve("1.csv")).hasContent("one");
    assertThat(here.resolve("star.csv")).hasContent("star");
    assertThat(served.resolve("in/up.txt")).hasContent("up");
    assertThat(served.resolve("in/sub/up 2.txt")).hasContent("up2");
    assertThat(served.resolve("in/sub/up.txt")).hasContent("up");
    assertThat(served.resolve("in/new/deep/moved")).hasContent("one");
    assertThat(served.resolve("in/2.csv")).doesNotExist();
    assertThat(ran.status()).as(ran.err()).isEqualTo(5); // the one line that is meant to fail
  }

  @Test
  void patternsStandForNamesAndQuotedOnesForThemselves() {
    Ran ran = script(servers.url("sftp", "/in"), "lcd " + here, "get *.csv", "rm 'x*.csv'", "ls");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(here.resolve("1.csv")).exists();
    assertThat(here.resolve("2.csv")).exists();
    assertThat(ran.out()).isEqualTo("1.csv\n2.csv\nsub\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void treesOfBothSidesAreNamedInTheShell(String scheme) {
    Ran ran =
        script(
            servers.url(scheme, "/"),
            "lcd " + here,
            "sync in file:copy",
            "verify in file:copy",
            "sync --delete file:copy back",
            "sum file:copy/1.csv");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(here.resolve("copy/1.csv")).hasContent("one");
    assertThat(served.resolve("back/2.csv")).hasContent("two");
  }

  @Test
  void theFirstFailureIsTheStatusAndMayBeTheEnd() {
    String url = servers.url("ftp", "/in");

    Ran all = script(url, "stat none", "bogus", "rm 1.csv");
    assertThat(all.status()).isEqualTo(5);
    assertThat(all.err()).contains("none", "there is no command bogus; see: help");
    assertThat(served.resolve("in/1.csv")).doesNotExist();

    Ran first = servers.run("shell", "-e", "-f", lines("cd none", "rm 2.csv").toString(), url);
    assertThat(first.status()).isEqualTo(5);
    assertThat(served.resolve("in/2.csv")).exists();
    assertThat(script(url, "rm 'open").status()).isEqualTo(2);
    assertThat(script(url, "exit", "rm 2.csv").status()).isZero();
    assertThat(served.resolve("in/2.csv")).exists();
    assertThat(script(url, "!exit 3").status()).isEqualTo(3);
    assertThat(script(url, "lcd " + here, "!pwd > where").status()).isZero();
    assertThat(here.resolve("where")).hasContent(here.toString());
    assertThat(servers.run("shell", home.toString()).status()).isEqualTo(2);
  }

  @Test
  void helpListsWhatThereIs() {
    Ran ran = script(servers.url("ftp", "/"), "help", "help get", "help cd", "ls --help");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("ls        Lists directories and files.", "lcd  ", "!  ")
        .contains("Usage: get ", "Changes the directory on the server", "Usage: ls ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aSessionThatHasEndedIsRenewedAndThatIsSaid(String scheme) throws Exception {
    Path pipe = home.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<Ran> running =
        CompletableFuture.supplyAsync(
            () -> servers.run("shell", "-f", pipe.toString(), servers.url(scheme, "/in")),
            new OwnThread("shell"));
    try (Writer lines = Files.newBufferedWriter(pipe)) {
      lines.write("get 1.csv " + here.resolve("first") + "\n");
      lines.flush();
      SluiceProcess.await(() -> Files.exists(here.resolve("first")));
      servers.endSessions(scheme);
      lines.write("!true\ncd sub\npwd\nget ../2.csv " + here.resolve("second") + "\n");
    }

    Ran ran = running.get(60, TimeUnit.SECONDS);

    assertThat(ran.err()).contains("the connection was lost; logged in again");
    assertThat(here.resolve("second")).hasContent("two");
    assertThat(ran.out()).endsWith("/in/sub\n");
    assertThat(ran.status()).isZero();
  }

  private Ran script(String url, String... lines) {
    return servers.run("shell", "-f", lines(lines).toString(), url);
  }

  private Path lines(String... lines) {
    try {
      return Files.writeString(home.resolve("script"), String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
