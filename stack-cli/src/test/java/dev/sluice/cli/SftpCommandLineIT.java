package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SftpCommandLineIT {
  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

  @TempDir Path home;
  private Path served;
  private SluiceProcess server;
  private String url;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    Files.writeString(served.resolve("f"), "x");
    server = started();
    url = server.ready().get(0).replace("sftp://", "sftp://ann:pw@") + "/f";
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyCommandWorksForWhoTrustsTheHost() throws Exception {
    String key = fingerprint();
    String directory = url.replace("/f", "/d");

    assertThat(run("get", "--host-key", key, url, "got")).isZero();
    assertThat(home.resolve("got")).hasContent("x");
    assertThat(run("mkdir", "--host-key", key, directory)).isZero();
    assertThat(run("put", "--host-key", key, "got", directory + "/g")).isZero();
    assertThat(served.resolve("d/g")).hasContent("x");
    assertThat(run("mv", "--host-key", key, directory + "/g", directory + "/h")).isZero();
    try (SluiceProcess list = SluiceProcess.start(home, "ls", "-v", "--host-key", key, directory)) {
      assertThat(list.status()).as(list.err()).isZero();
      assertThat(list.out()).contains("h");
      assertThat(list.err()).contains("security: SSH-2 ").doesNotContain("pw");
    }
    assertThat(run("rm", "-r", "--host-key", key, directory)).isZero();
    assertThat(served.resolve("d")).doesNotExist();
  }

  @Test
  void aHostThatIsNotOnRecordIsNotTalkedToUnlessNewOnesAreAccepted() throws Exception {
    String record = home.resolve("known").toString();

    assertThat(run("ls", "--known-hosts", record, url)).isEqualTo(3);
    assertThat(run("ls", "--host-key", "SHA256:" + "A".repeat(43), url)).isEqualTo(3);
    assertThat(run("ls", "--known-hosts", record, "--accept-new-host-key", url)).isZero();
    assertThat(run("ls", "--known-hosts", record, url)).isZero();
  }

  @Test
  void aKeyThatTheConfigurationRevokesIsRefusedWhateverElseIsSaid() throws Exception {
    Path revoked = home.resolve("revoked");
    Path config = home.resolve("config");
    Files.writeString(config, "RevokedHostKeys " + revoked + "\n");
    String key = fingerprint();

    assertThat(run("ls", "--ssh-config", config.toString(), "--host-key", key, url)).isNotZero();
    Files.createFile(revoked);
    assertThat(run("ls", "--ssh-config", config.toString(), "--host-key", key, url)).isZero();
    Path record = home.resolve("known");
    assertThat(run("ls", "--known-hosts", record.toString(), "--accept-new-host-key", url))
        .isZero();
    List<String> keys =
        Files.readAllLines(record).stream().map(line -> line.replaceFirst("^\\S+ ", "")).toList();
    Files.write(revoked, keys);
    assertThat(run("ls", "--ssh-config", config.toString(), "--host-key", key, url)).isEqualTo(3);
    assertThat(run("ls", "--ssh-config", config.toString(), "--insecure-host-key", url))
        .isEqualTo(3);
  }

  @Test
  void aKeyOnDiskLetsInWhomTheServerKnows() throws Exception {
    Path key = home.resolve("key");
    assertThat(keygen(key)).isZero();
    String authorized = "bob=" + key + ".pub";
    try (SluiceProcess other = started("--authorized-keys", authorized)) {
      String bobs = other.ready().get(0).replace("sftp://", "sftp://bob@") + "/f";

      assertThat(run("ls", "--insecure-host-key", "-i", key.toString(), bobs)).isZero();
      assertThat(run("ls", "--insecure-host-key", "-i", key.toString(), bobs.replace("bob", "eve")))
          .isEqualTo(4);
    }
  }

  @Test
  void keysThatOthersCanChangeLetNobodyInUnlessThatIsAllowed() throws Exception {
    Path key = home.resolve("key");
    assertThat(keygen(key)).isZero();
    Path authorized = Files.copy(home.resolve("key.pub"), home.resolve("authorized"));
    String ofBob = "bob=" + authorized;
    try (SluiceProcess other = started("--authorized-keys", ofBob)) {
      String bobs = other.ready().get(0).replace("sftp://", "sftp://bob@") + "/f";
      set(authorized, "rw-rw-rw-");
      assertThat(run("ls", "--insecure-host-key", "-i", key.toString(), bobs)).isEqualTo(4);
      set(authorized, "rw-r--r--");
      assertThat(run("ls", "--insecure-host-key", "-i", key.toString(), bobs)).isZero();
      set(key, "rw-r-----");
      assertThat(run("ls", "--insecure-host-key", "-i", key.toString(), bobs)).isEqualTo(2);
      set(key, "rw-------");
    }
    set(authorized, "rw-rw-rw-");
    try (SluiceProcess refused = started("--authorized-keys", ofBob)) {
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err()).contains("chmod go-w " + authorized, "--no-strict-modes");
    }
    try (SluiceProcess lax = started("--authorized-keys", ofBob, "--no-strict-modes")) {
      String bobs = lax.ready().get(0).replace("sftp://", "sftp://bob@") + "/f";
      assertThat(run("ls", "--insecure-host-key", "-i", key.toString(), bobs)).isZero();
    }
  }

  @Test
  void theServersKeyIsMadeOnceAndKeptFromOthers() throws Exception {
    String first = fingerprint();
    server.close();
    try (var files = Files.walk(home.resolve("keys"))) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .anySatisfy(
              file ->
                  assertThat(Files.getPosixFilePermissions(file).toString())
                      .doesNotContain("GROUP", "OTHERS"));
    }

    server = started();

    assertThat(fingerprint()).isEqualTo(first);
  }

  @Test
  void optionsOfOtherProtocolsAreWrongUsage() throws Exception {
    assertThat(run("ls", "--tls-insecure", url)).isEqualTo(2);
    assertThat(run("ls", "--active", url)).isEqualTo(2);
    assertThat(run("ls", "--insecure-host-key", url.replace("sftp", "ftp"))).isEqualTo(2);
    assertThat(run("ls", "--insecure-host-key", "--accept-new-host-key", url)).isEqualTo(2);
    assertThat(run("ls", "-i", home.resolve("none").toString(), url)).isEqualTo(2);
  }

  @Test
  void aWrongPasswordIsALoginRefused() throws Exception {
    assertThat(run("ls", "--insecure-host-key", url.replace(":pw@", ":no@"))).isEqualTo(4);
  }

  @Test
  void aPassphraseComesFromTheEnvironment() throws Exception {
    Path key = home.resolve("key");
    assertThat(keygen(key, "pass phrase")).isZero();
    String[] words = {"ls", "--insecure-host-key", "-i", key.toString(), ""};
    try (SluiceProcess other = started("--authorized-keys", "bob=" + key + ".pub")) {
      words[4] = other.ready().get(0).replace("sftp://", "sftp://bob@") + "/f";
      for (Map.Entry<String, Integer> each : Map.of("pass phrase", 0, "wrong one", 2).entrySet()) {
        Map<String, String> variable = Map.of("SLUICE_PASSPHRASE", each.getKey());
        try (SluiceProcess ls = SluiceProcess.startWith(variable, home, words)) {
          assertThat(ls.status()).as(ls.err()).isEqualTo(each.getValue());
          assertThat(ls.err()).doesNotContain(each.getKey());
        }
      }
      try (SluiceProcess ls = SluiceProcess.start(home, words)) {
        assertThat(ls.status()).isEqualTo(2);
        assertThat(ls.err()).contains("needs a passphrase", "SLUICE_PASSPHRASE");
      }
    }
  }

  private static void set(Path of, String mode) throws IOException {
    Files.setPosixFilePermissions(of, PosixFilePermissions.fromString(mode));
  }

  private SluiceProcess started(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "serve",
                "--root",
                served.toString(),
                "--user",
                "ann:pw",
                "--listen",
                "sftp://127.0.0.1:0",
                "--host-keys",
                home.resolve("keys").toString()));
    arguments.addAll(List.of(more));
    return SluiceProcess.start(home, arguments.toArray(String[]::new));
  }

  private String fingerprint() {
    server.ready();
    Matcher told = FINGERPRINT.matcher(server.err());
    assertThat(told.find()).as(server.err()).isTrue();
    return told.group();
  }

  private int run(String... arguments) throws InterruptedException {
    return SluiceProcess.run(home, arguments);
  }

  private static int keygen(Path key) throws Exception {
    return keygen(key, "");
  }

  private static int keygen(Path key, String passphrase) throws Exception {
    return new ProcessBuilder(
            "ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", key.toString())
        .inheritIO()
        .start()
        .waitFor();
  }
}
