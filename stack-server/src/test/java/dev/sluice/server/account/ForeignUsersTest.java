package dev.sluice.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.server.config.FileRight;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.config.UserConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users of other servers in a document. */
final class ForeignUsersTest {
  private static final Map<String, Object> HOME = Map.of("home", "/srv/{user}");

  @TempDir private Path directory;

  @Test
  void linesOfHtpasswdLogInAndOthersAreReportedByLine() throws IOException {
    String hash = PasswordHash.of("secret").text();
    List<UserImport> all =
        imported(
            ForeignUsers.HTPASSWD,
            "# people\nann:" + hash + "\n\nbob:{SHA}xxxx\nnonsense\nann:" + hash + "\n",
            config -> {});

    assertThat(all).extracting(UserImport::added).containsExactly(true, true, false, false);
    assertThat(all).extracting(each -> each.user().line()).containsExactly(2, 4, 5, 6);
    assertThat(all.get(1).lost().get(0)).contains("set one with passwd").doesNotContain("{SHA}");
    assertThat(all.get(3).lost()).containsExactly("there is a user of this name already");
    Account ann = DocumentAccounts.of(config()).account("ann").orElseThrow();
    assertThat(ann.password().matches("secret")).isTrue();
    assertThat(ann.home()).isEqualTo("/srv/ann");
  }

  @Test
  void passwordsOfVsftpdAreHashed() throws IOException {
    List<UserImport> all = imported(ForeignUsers.VSFTPD, "ann\nse cret\nbob\n", config -> {});

    assertThat(all).extracting(UserImport::added).containsExactly(true, false);
    assertThat(all.get(1).lost()).containsExactly("has a name and no password after it");
    assertThat(Files.readString(directory.resolve("users.d/ann.yaml"))).doesNotContain("se cret");
    Account ann = DocumentAccounts.of(config()).account("ann").orElseThrow();
    assertThat(ann.password().matches("se cret")).isTrue();
  }

  @Test
  void aUserOfSftpGoKeepsWhatADocumentCanSay() throws IOException {
    List<UserImport> all = imported(ForeignUsers.SFTPGO, DUMP, config -> {});

    assertThat(all).extracting(UserImport::added).containsExactly(true, true);
    UserConfig ann = user("ann");
    assertThat(ann.policy().home()).isEqualTo("/srv/{user}");
    assertThat(ann.keys()).containsExactly("ssh-ed25519 AAAA ann");
    assertThat(ann.policy().rights())
        .containsExactly(FileRight.LIST, FileRight.READ, FileRight.CREATE, FileRight.APPEND);
    assertThat(ann.policy().rules().get(0).path()).isEqualTo("/closed/**");
    assertThat(ann.policy().quota().bytes().number()).isEqualTo(1_000_000);
    assertThat(ann.policy().rate().up().octetsPerSecond()).isEqualTo(128 * 1024);
    assertThat(ann.policy().sessions()).isEqualTo(3);
    assertThat(ann.expires()).isNotNull();
    assertThat(ann.policy().from()).hasSize(1);
    assertThat(all.get(0).lost())
        .containsExactly(
            "the permission chown on /, for which there is no right",
            "filters.denied_protocols",
            "virtual_folders");
    assertThat(user("bob").disabled()).isTrue();
    assertThat(user("bob").policy().rights()).isEmpty();
  }

  @Test
  void aLimitThatTheServerHasNoMeansForIsReportedAndNotWritten() throws IOException {
    Consumer<ServerConfig> noQuota =
        config ->
            config
                .users()
                .forEach(
                    user -> {
                      if (user.policy().quota() != null) {
                        throw new IllegalArgumentException("no quota here");
                      }
                    });

    List<UserImport> all = imported(ForeignUsers.SFTPGO, DUMP, noQuota);

    assertThat(all.get(0).added()).isTrue();
    assertThat(all.get(0).lost()).contains("quota: no quota here");
    assertThat(user("ann").policy().quota()).isNull();
    assertThat(user("ann").policy().sessions()).isEqualTo(3);
  }

  @Test
  void aFileOfAnotherFormatIsRefused() {
    assertThatThrownBy(() -> imported(ForeignUsers.SFTPGO, "ann:x", config -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> imported(ForeignUsers.SFTPGO, "[".repeat(100_000), config -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> imported(ForeignUsers.SFTPGO, "{}", config -> {}))
        .hasMessageContaining("dumpdata");
  }

  private static final String DUMP =
      """
      {"users": [
        {"id": 1, "username": "ann", "status": 1, "home_dir": "/data/ann",
         "password": "$2a$10$abcdefghijklmnopqrstuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu",
         "public_keys": ["ssh-ed25519 AAAA ann"], "expiration_date": 1800000000000,
         "permissions": {"/": ["list", "download", "upload", "chown"], "/closed": ["list"]},
         "quota_size": 1000000, "quota_files": 0, "upload_bandwidth": 128, "max_sessions": 3,
         "filters": {"allowed_ip": ["192.0.2.0/24"], "denied_protocols": ["FTP"], "hooks": {}},
         "virtual_folders": [{"name": "f"}], "filesystem": {"provider": 0}, "email": "a@b"},
        {"username": "bob", "status": 0, "home_dir": "/data/bob", "password": null}
      ], "folders": []}
      """;

  private List<UserImport> imported(ForeignUsers format, String text, Consumer<ServerConfig> check)
      throws IOException {
    Path document =
        Files.writeString(
            directory.resolve("sluice.yaml"),
            "listeners: [ { url: 'ftp://127.0.0.1:0' } ]\ninclude: [users.d/*.yaml]\n");
    Path file = Files.writeString(directory.resolve("foreign"), text);
    return UserFiles.of(document, check).addAll(format.read(file), HOME, false);
  }

  private ServerConfig config() {
    return UserFiles.of(directory.resolve("sluice.yaml"), config -> {}).read().config();
  }

  private UserConfig user(String name) {
    return config().users().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
