package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.FixedRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLineIT {
  @TempDir Path home;
  private Path served;
  private SluiceProcess server;
  private String host;
  private String url;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    server =
        SluiceProcess.start(
            home,
            "serve",
            "-v",
            "--root",
            served.toString(),
            "--user",
            "ann:s3cret",
            "--listen",
            "ftp://127.0.0.1:0");
    host = server.ready().get(0).substring("ftp://".length());
    url = "ftp://ann:s3cret@" + host;
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aFileGoesThereAndComesBack() throws Exception {
    byte[] octets = new byte[3_000_000];
    new FixedRandom(1).nextBytes(octets);
    Files.write(home.resolve("data"), octets);

    assertThat(run("put", "data", url + "/")).isZero();
    assertThat(run("mkdir", url + "/sub")).isZero();
    assertThat(run("mv", url + "/data", url + "/sub/moved")).isZero();
    assertThat(run("get", url + "/sub/moved", "back")).isZero();
    assertThat(home.resolve("back")).hasBinaryContent(octets);
    assertThat(printed("ls", url + "/sub")).isEqualTo("moved\n");
    assertThat(printed("ls", "-l", url + "/sub/moved")).contains("3000000");
    assertThat(run("rm", "-r", url + "/sub")).isZero();
    assertThat(served).isEmptyDirectory();
  }

  @Test
  void aTreeGoesThereAndComesBackInActiveModeToo() throws Exception {
    Files.createDirectories(home.resolve("tree/a/b"));
    Files.writeString(home.resolve("tree/a/b/n ä"), "x");
    Files.writeString(home.resolve("tree/empty"), "");

    assertThat(run("put", "-r", "tree", url + "/")).isZero();
    assertThat(run("get", "-r", "--active", url + "/tree", "copy")).isZero();
    assertThat(home.resolve("copy/a/b/n ä")).hasContent("x");
    assertThat(home.resolve("copy/empty")).isEmptyFile();
  }

  @Test
  void standardOutputTakesAFile() throws Exception {
    Files.writeString(served.resolve("f"), "hello\n");

    assertThat(printed("get", url + "/f", "-")).isEqualTo("hello\n");
  }

  @Test
  void filesAndTheirFirstLinesAreWrittenOneAfterTheOther() throws Exception {
    Files.writeString(served.resolve("1.txt"), "a\nb\nc\n");
    Files.writeString(served.resolve("2.txt"), "d\ne");

    assertThat(printed("cat", url + "/*.txt", "served/1.txt")).isEqualTo("a\nb\nc\nd\nea\nb\nc\n");
    assertThat(printed("head", "-n", "2", url + "/*.txt")).isEqualTo("a\nb\nd\ne");
    assertThat(printed("head", "-c", "3", url + "/1.txt")).isEqualTo("a\nb");
  }

  @Test
  void theStatusTellsWhatWentWrong() throws Exception {
    assertThat(run("mkdir", url + "/x")).isZero();
    assertThat(run("mkdir", url + "/x")).isEqualTo(1);
    assertThat(run("get", "--nonsense", url)).isEqualTo(2);
    assertThat(run("ls", "nothing")).isEqualTo(5);
    assertThat(run("get", "nothing")).isEqualTo(2);
    assertThat(run("ls", "scp://u@h/")).isEqualTo(2);
    assertThat(run("ls", "ftp://ann@" + host)).isEqualTo(2);
    assertThat(run("ls", "ftp://127.0.0.1:1/")).isEqualTo(3);
    assertThat(run("ls", "ftp://ann:wrong@" + host)).isEqualTo(4);
    assertThat(run("get", url + "/missing")).isEqualTo(5);
    assertThat(home.resolve("missing")).doesNotExist();
  }

  @Test
  void thePasswordComesFromTheVariableAndIsNeverShown() throws Exception {
    try (SluiceProcess sluice =
        SluiceProcess.startWithPassword(home, "s3cret", "ls", "-v", "ftp://ann@" + host + "/")) {
      assertThat(sluice.status()).isZero();
      assertThat(sluice.err()).contains("> USER ann", "> PASS", "< 230").doesNotContain("s3cret");
    }
    assertThat(server.err()).contains("ann logged in").doesNotContain("s3cret");
  }

  @Test
  void anErrorIsOneLine() throws Exception {
    try (SluiceProcess sluice = SluiceProcess.start(home, "get", url + "/missing")) {
      assertThat(sluice.status()).isEqualTo(5);
      assertThat(sluice.err().lines()).hasSize(1).first().asString().startsWith("sluice: ");
    }
  }

  @Test
  void aNameThatLooksLikeATerminalSequenceIsEscaped() throws Exception {
    Files.writeString(served.resolve("a\u001b[2J"), "x");

    assertThat(printed("ls", url)).isEqualTo("a\\x1b[2J\n");
  }

  @Test
  void theDemonstrationAgreesAndLeavesNothing() throws Exception {
    try (SluiceProcess sluice = SluiceProcess.start(home, "demo", "--size", "1m")) {
      assertThat(sluice.status()).isZero();
      assertThat(sluice.out())
          .contains("ftp passive IPv4", "ftp active IPv4", "all checksums agree")
          .containsPattern("ftps explicit .* ok +TLS 1.3 TLS_AES_")
          .containsPattern("ftps implicit .* ok +TLS 1.3 TLS_AES_")
          .containsPattern("sftp .* ok +SSH-2 .*aes128-gcm")
          .containsPattern("ssh echo .* ok +.*aes128-gcm");
      String directory = sluice.out().split("[ ,]", 4)[2];
      assertThat(Path.of(directory)).doesNotExist();
    }
  }

  private int run(String... arguments) throws InterruptedException {
    return SluiceProcess.run(home, arguments);
  }

  private String printed(String... arguments) throws InterruptedException {
    try (SluiceProcess sluice = SluiceProcess.start(home, arguments)) {
      assertThat(sluice.status()).as(sluice.err()).isZero();
      return sluice.out();
    }
  }
}
