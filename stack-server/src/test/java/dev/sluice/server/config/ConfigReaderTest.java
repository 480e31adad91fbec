package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.login.Right;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator writes is what the server gets, or a fault that names its cure. */
final class ConfigReaderTest {
  private static final String WHOLE =
      """
      listeners:
        - url: ftpes://0.0.0.0:21
          passive: { ports: 60000-65535, address: ftp.example.net }
          proxyProtocol: { from: [10.0.0.0/8] }
          ftp: { timeouts: { idle: 7m } }
        - url: sftp://[::]:22
      hostKeys: /var/lib/sluice/keys
      tls: { certificate: fullchain.pem, key: privkey.pem }
      admin: { listen: "127.0.0.1:8080", token: "${ADMIN_TOKEN}" }
      audit: { file: /var/log/sluice/audit.json }
      drain: 10m
      limits: { sessionsPerAddress: 200, ban: { failures: 30, for: 5m, never: [10.0.0.0/8] } }
      ftp: { timeouts: { login: 90s }, login: { attempts: 5 } }
      sftp: { uploads: { umask: 027 } }
      ssh: { windows: { most: 32MiB } }
      groups:
        - { name: staff, home: "/srv/{user}", rights: [list, read] }
      users:
        - name: ann
          password: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA"
          keys: [ann.pub]
          group: staff
          home: /srv/{user}
          rights: [list, read, write, delete, mkdir, rename]
          quota: { bytes: 50GiB, files: 100000 }
          rate: { up: 10MiB/s }
          from: [192.0.2.0/24]
          folders: { /shared: { path: /srv/shared, rights: [list, read] }, /partner: { url: "ftps://us@partner/out" } }
          rules: [ { path: "/in/**", rights: [list, write] }, { names: { deny: ["*.exe"] } } ]
          expires: 2027-01-01
          disabled: false
      hooks:
        - { on: [upload], path: "*/in/*.csv", run: [/usr/local/bin/got, "{user}", "{path}"] }
      """;

  @TempDir private Path directory;

  @Test
  void everyKeyArrives() throws IOException {
    ServerConfig config = read(WHOLE);

    UserConfig ann = config.users().get(0);
    assertThat(config.listeners()).hasSize(2);
    assertThat(config.drain()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.limits().ban().failures()).isEqualTo(30);
    assertThat(ann.expires()).isEqualTo(LocalDate.of(2027, 1, 1));
    assertThat(ann.policy().quota()).isEqualTo(new QuotaConfig(new Octets(50L << 30), 100_000L));
    assertThat(ann.policy().rate()).isEqualTo(new RateConfig(new Rate(10 << 20), null));
    assertThat(FileRight.of(ann.policy().rights()))
        .contains(Right.CREATE, Right.OVERWRITE, Right.APPEND)
        .doesNotContain(Right.DELETE_DIRECTORY);
    assertThat(ann.policy().folders()).containsOnlyKeys("/shared", "/partner");
    assertThat(config.admin().token().value()).isEqualTo("t0ken");
    assertThat(config.hooks().get(0).run()).hasSize(3);
    assertThat(config.tls().certificate()).isEqualTo(directory.resolve("fullchain.pem"));
    assertThat(ann.keys()).containsExactly(directory.resolve("ann.pub").toString());
  }

  @Test
  void whatAListenerDoesNotSayIsThatOfTheDocumentAndThenOfTheLibrary() throws IOException {
    FtpConfig ftp = read(WHOLE).listeners().get(0).protocols().ftp();

    assertThat(ftp.timeouts().idle()).isEqualTo(Duration.ofMinutes(7));
    assertThat(ftp.timeouts().login()).isEqualTo(Duration.ofSeconds(90));
    assertThat(ftp.timeouts().dataStall()).isEqualTo(FtpConfig.DEFAULT.timeouts().dataStall());
    assertThat(ftp.login().attempts()).isEqualTo(5);
    assertThat(ftp.login().banAfter()).isEqualTo(FtpConfig.DEFAULT.login().banAfter());
  }

  @Test
  void aModeIsOctalAndALimitMayHaveAUnit() throws IOException {
    ServerConfig config = read(WHOLE);

    assertThat(config.protocols().sftp().uploads().umask()).isEqualTo(027);
    assertThat(config.protocols().ssh().windows().most()).isEqualTo(32L << 20);
  }

  @Test
  void whatIsWrittenReadsBackAsTheSame() throws IOException {
    ServerConfig config = read(WHOLE);
    String written = DocumentWriter.write(config);

    assertThat(read(written)).isEqualTo(config);
    assertThat(written).contains("${ADMIN_TOKEN}").doesNotContain("t0ken");
  }

  @Test
  void everyKeyThatIsWrittenHasAMeaning() throws IOException {
    List<String> lines = DocumentWriter.write(read(WHOLE)).lines().toList();

    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.matches("[A-Za-z]+:.*") && !lines.get(i - 1).contains("# ")) {
        assertThat(lines.get(i - 1)).as("above " + line).contains("# ");
      }
    }
  }

  @Test
  void allFaultsAreNamedAtOnceWithTheirLinesAndCures() throws IOException {
    ConfigFault fault =
        fault(
            """
            listeners:
              - url: sftp://0.0.0.0:2222
              - url: gopher://0.0.0.0:70
            users:
              - name: ann
                rate: { up: 10MB per s }
                quota: { byts: 5GiB }
              - password: x
            drain: soon
            ftp: { timeouts: { idle: 0 } }
            """);

    assertThat(fault.faults().stream().map(Fault::toString).map(this::plain))
        .containsExactly(
            "s.yaml:6: users[0].rate.up: \"10MB per s\" is no rate; write it as 10MiB/s or"
                + " 500KiB/s",
            "s.yaml:7: users[0].quota.byts: there is no such key; did you mean bytes?",
            "s.yaml:8: users[1].name: is missing; write name: and the name at login, such as ann",
            "s.yaml:9: drain: \"soon\" is no time; write 30s, 500ms, 10m, 1h or 7d",
            "s.yaml:10: ftp.timeouts: is out of bounds: every wait must be positive: login PT1M,"
                + " idle PT0S, data connect PT30S, data stall PT2M");
  }

  @Test
  void whatOneKeyAsksOfAnotherIsNamed() throws IOException {
    ConfigFault fault =
        fault(
            """
            listeners:
              - url: sftp://0.0.0.0:2222
              - url: ftps://0.0.0.0:990
              - url: gopher://0.0.0.0:70
            users:
              - { name: ann, group: staf }
              - { name: ann, folders: { /x: { rights: [list] } } }
            hooks:
              - on: [upload]
            """);

    assertThat(fault.faults().stream().map(Fault::toString).map(this::plain))
        .containsExactly(
            "s.yaml:2: listeners[0].url: sftp needs host keys; write hostKeys: and a directory",
            "s.yaml:3: listeners[1].url: ftps needs a certificate; write tls: with certificate:"
                + " and key:",
            "s.yaml:4: listeners[2].url: \"gopher://0.0.0.0:70\" has no scheme that is served;"
                + " write ftp, ftpes, ftps, sftp",
            "s.yaml:6: users[0].group: \"staf\" is none of the groups; there are none",
            "s.yaml:7: users[1].name: \"ann\" is there twice; remove one",
            "s.yaml:7: users[1].folders: /x needs either path: or url:",
            "s.yaml:9: hooks[0]: needs either run: or post:");
  }

  @Test
  void noFaultShowsASecret() throws IOException {
    ConfigFault fault =
        fault(
            """
            listeners: [ { url: "ftp://0.0.0.0:21" } ]
            drain: ${ADMIN_TOKEN}
            admin: { token: [ "hidden-in-a-list" ] }
            """);

    assertThat(fault).hasMessageNotContainingAny("t0ken", "hidden-in-a-list");
    assertThat(fault).hasMessageContaining("${ADMIN_TOKEN}");
  }

  @Test
  void aVariableThatIsNotSetIsAFaultUnlessTheDocumentHasAValueForIt() throws IOException {
    String text =
        """
        listeners: [ { url: "ftp://0.0.0.0:${PORT:-2121}" } ]
        hostKeys: ${KEYS}
        """;

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigFault.class)
        .message()
        .contains(":2: the variable KEYS is not set; set it, or write ${KEYS:-value}")
        .doesNotContain("PORT");
  }

  @Test
  void usersMayStandInFilesOfTheirOwn() throws IOException {
    Files.createDirectories(directory.resolve("users.d"));
    Files.writeString(directory.resolve("users.d/b.yaml"), "users: [ { name: bob } ]");
    Files.writeString(directory.resolve("users.d/a.yaml"), "users: [ { name: ann } ]");
    Files.writeString(directory.resolve("users.d/not.txt"), "no YAML at all: [");

    ServerConfig config =
        read("listeners: [ { url: \"ftp://0.0.0.0:21\" } ]\ninclude: [users.d/*.yaml]\n");

    assertThat(config.users()).extracting(UserConfig::name).containsExactly("ann", "bob");
  }

  @Test
  void theDirectoryOfIncludedFilesIsPartOfTheDocument() throws IOException {
    Files.createDirectories(directory.resolve("users.d"));
    Path file =
        Files.writeString(
            directory.resolve("s.yaml"),
            "listeners: [ { url: \"ftp://0.0.0.0:21\" } ]\ninclude: [users.d/*.yaml]\n");

    assertThat(ConfigReader.read(file).files()).contains(file, directory.resolve("users.d"));
  }

  @Test
  void aFaultInAnIncludedFileNamesThatFile() throws IOException {
    Files.writeString(directory.resolve("more.yaml"), "users:\n  - nam: bob\ndrain: 1m\n");

    ConfigFault fault =
        fault("listeners: [ { url: \"ftp://0.0.0.0:21\" } ]\ninclude: [more.yaml]\n");

    assertThat(fault.faults().stream().map(Fault::toString).map(this::plain))
        .containsExactlyInAnyOrder(
            "more.yaml:2: users[0].nam: there is no such key; did you mean name?",
            "more.yaml:2: users[0].name: is missing; write name: and the name at login, such as"
                + " ann",
            "more.yaml:3: drain: an included file has lists of users: and groups:, and no other"
                + " key");
  }

  @ParameterizedTest
  @CsvSource({"'a: [', 1", "'- a', 1", "'a: 1\n---\nb: 2', 3", "'a: &x 1\nb: *x', 2"})
  void whatIsNoDocumentHasALine(String text, int line) throws IOException {
    assertThat(fault(text).faults()).extracting(Fault::line).contains(line);
  }

  private String plain(String fault) {
    return fault.replace(directory + "/", "");
  }

  private ConfigFault fault(String text) {
    return catchThrowableOfType(ConfigFault.class, () -> read(text));
  }

  private ServerConfig read(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("s.yaml"), text);
    return ConfigReader.read(file, Map.of("ADMIN_TOKEN", "t0ken")::get).config();
  }
}
