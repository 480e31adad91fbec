package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names for places, and what a configuration says of hosts. */
final class BookmarksIT {
  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:\\S+(?=\\s)");

  @TempDir Path home;
  private Path served;
  private Path config;
  private SluiceProcess server;
  private String ftp;
  private String sftp;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    config = Files.createDirectory(home.resolve("sluice")).resolve("config.yaml");
    Files.createDirectories(served.resolve("in/sub"));
    Files.writeString(served.resolve("in/1.csv"), "a\n");
    Files.writeString(served.resolve("in/2.csv"), "bb\n");
    server =
        SluiceProcess.start(
            home,
            "serve",
            "--root",
            served.toString(),
            "--user",
            "ann:s3cret",
            "--listen",
            "ftp://127.0.0.1:0",
            "--listen",
            "sftp://127.0.0.1:0",
            "--host-keys",
            home.resolve("keys").toString());
    ftp = server.ready().get(0).substring("ftp://".length());
    sftp = server.ready().get(1).substring("sftp://".length());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aBookmarkIsAPlaceForEveryCommand() throws Exception {
    configure(
        """
        bookmarks:
          partner:
            url: ftp://ann@%s/in
            password: s3cret
        """
            .formatted(ftp));

    assertThat(printed("ls", "partner:")).isEqualTo("1.csv\n2.csv\nsub\n");
    assertThat(printed("cat", "partner:1.csv")).isEqualTo("a\n");
    assertThat(printed("cat", "partner:/in/2.csv")).isEqualTo("bb\n");
    assertThat(printed("ls", "partner:*.csv")).isEqualTo("partner:/in/1.csv\npartner:/in/2.csv\n");
    assertThat(run("cp", "partner:*.csv", "partner:sub")).isZero();
    assertThat(served.resolve("in/sub/2.csv")).hasContent("bb");
    assertThat(run("get", "partner:2.csv")).isZero();
    assertThat(home.resolve("2.csv")).hasContent("bb");
    assertThat(run("mv", "partner:1.csv", "partner:3.csv")).isZero();
    assertThat(served.resolve("in/3.csv")).exists();
  }

  @Test
  void whatIsSaidOfAHostCountsForItsUrls() throws Exception {
    Matcher fingerprint = FINGERPRINT.matcher(server.err());
    assertThat(fingerprint.find()).isTrue();
    Path known = home.resolve("known");
    assertThat(
            run(
                "ls",
                "--accept-new-host-key",
                "--known-hosts",
                known.toString(),
                "sftp://ann:s3cret@" + sftp + "/"))
        .isZero();
    assertThat(run("ls", "--known-hosts", home + "/none", "sftp://ann:s3cret@" + sftp + "/"))
        .isEqualTo(3);
    configure(
        """
        hosts:
          "127.*":
            user: ann
            password: s3cret
            knownHosts: %s
        """
            .formatted(known));

    assertThat(printed("ls", "sftp://" + sftp + "/in")).isEqualTo("1.csv\n2.csv\nsub\n");
    assertThat(run("ls", "--host-key", "SHA256:" + "A".repeat(43), "sftp://" + sftp + "/"))
        .isEqualTo(3);
  }

  @Test
  void namesAreAddedListedAndRemovedAndCommentsStay() throws Exception {
    configure("# ours\nbookmarks:\n  old: # kept\n    url: ftp://old.example/\n");

    assertThat(run("bookmark", "add", "partner", "ftp://ann@" + ftp + "/in")).isZero();
    assertThat(printed("bookmark", "list"))
        .isEqualTo("partner: ftp://ann@" + ftp + "/in\nold: ftp://old.example/\n");
    Files.writeString(home.resolve(".netrc"), "machine 127.0.0.1 login ann password s3cret\n");
    Files.setPosixFilePermissions(
        home.resolve(".netrc"), PosixFilePermissions.fromString("rw-------"));
    assertThat(printed("ls", "partner:")).isEqualTo("1.csv\n2.csv\nsub\n");

    assertThat(run("bookmark", "add", "partner", "ftp://other")).isEqualTo(2);
    assertThat(run("bookmark", "add", "secret", "ftp://ann:pw@other")).isEqualTo(2);
    assertThat(run("bookmark", "remove", "partner")).isZero();
    assertThat(config)
        .hasContent("# ours\nbookmarks:\n  old: # kept\n    url: ftp://old.example/\n");
    assertThat(run("bookmark", "remove", "partner")).isEqualTo(2);
  }

  @Test
  void aFirstNameMakesTheFileForItsOwnerAlone() throws Exception {
    assertThat(run("bookmark", "add", "partner", "sftp://ann@host/in")).isZero();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rw-------");
    assertThat(printed("bookmark", "list")).isEqualTo("partner: sftp://ann@host/in\n");
  }

  @Test
  void aFaultOfTheConfigurationNamesFileLineAndKey() throws Exception {
    configure("bookmarks:\n  partner:\n    uri: ftp://host\n");

    try (SluiceProcess sluice = SluiceProcess.start(home, "ls", "partner:")) {
      assertThat(sluice.status()).isEqualTo(2);
      assertThat(sluice.err()).contains(config + ", line 3", "uri", "did you mean url?");
    }
  }

  private void configure(String text) throws IOException {
    Files.writeString(config, text);
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
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
