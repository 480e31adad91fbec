package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.FileType;
import dev.sluice.sftp.message.PathRequest.Realpath;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** REALPATH of versions 3 to 6. */
final class RealPathTest {
  @TempDir Path root;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(root.resolve("d/e"));
    Files.writeString(root.resolve("d/f"), "12345");
    Files.createSymbolicLink(root.resolve("l"), Path.of("d"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
  }

  @ParameterizedTest
  @EnumSource(
      value = SftpVersion.class,
      names = {"V3", "V4", "V5"})
  @Conforms({"SFTP-041", "SFTP-042"})
  void onlyTheLastNameMayBeMissing(SftpVersion version) {
    try (ServedClient client = client(version)) {
      assertThat(path(client, "l/new")).isEqualTo("/d/new");
      assertThat(path(client, "l/../d/./e/")).isEqualTo("/d/e");
      for (String missing : new String[] {"none/f", "d/none/f", "loop", "loop/f"}) {
        assertThat(client.status(real(missing)))
            .as(missing)
            .isIn(StatusCode.NO_SUCH_FILE, StatusCode.NO_SUCH_PATH.in(version));
      }
    }
  }

  @Test
  @Conforms("SFTP-114")
  void versionSixNeitherLooksNorFollowsUnlessItIsTold() {
    try (ServedClient client = client(SftpVersion.V6)) {
      client.sendHex("0000000f" + "10" + "00000007" + "00000006" + "6e6f6e652f66"); // none/f
      SftpResponse.Name plain = (SftpResponse.Name) client.next();
      assertThat(plain.entries().get(0).name()).isEqualTo("/none/f");
      assertThat(path(client, "l/../none/.")).isEqualTo("/none");
      assertThat(path(client, "l/f")).isEqualTo("/l/f");
    }
  }

  @Test
  @Conforms("SFTP-114")
  void versionSixLooksAsFarAsItIsTold() {
    try (ServedClient client = client(SftpVersion.V6)) {
      for (int control : new int[] {Realpath.STAT_IF, Realpath.STAT_ALWAYS}) {
        SftpResponse.Name.Entry found = entry(client, new Realpath(1, "l/f", control, List.of()));
        assertThat(found.name()).isEqualTo("/d/f");
        assertThat(found.attributes().type()).isEqualTo(FileType.REGULAR);
        assertThat(found.attributes().size()).isEqualTo(5);
      }
      SftpResponse.Name.Entry missing =
          entry(client, new Realpath(2, "l/none", Realpath.STAT_IF, List.of()));
      assertThat(missing.name()).isEqualTo("/l/none");
      assertThat(missing.attributes().type()).isEqualTo(FileType.UNKNOWN);
      assertThat(client.status(new Realpath(3, "l/none", Realpath.STAT_ALWAYS, List.of())))
          .isEqualTo(StatusCode.NO_SUCH_FILE);
    }
  }

  @Test
  @Conforms("SFTP-114")
  void furtherPathsAreSeenFromTheOneBefore() {
    try (ServedClient client = client(SftpVersion.V6)) {
      assertThat(composed(client, "d", "e", "..", "f")).isEqualTo("/d/f");
      assertThat(composed(client, "d", "/e", "g")).isEqualTo("/e/g");
      assertThat(composed(client, "..", "../../d")).isEqualTo("/d");
    }
  }

  private ServedClient client(SftpVersion version) {
    return ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, version);
  }

  private static String composed(ServedClient client, String first, String... more) {
    return entry(client, new Realpath(1, first, Realpath.NO_CHECK, List.of(more))).name();
  }

  private static String path(ServedClient client, String path) {
    return entry(client, real(path)).name();
  }

  private static Realpath real(String path) {
    return new Realpath(1, path, Realpath.NO_CHECK, List.of());
  }

  private static SftpResponse.Name.Entry entry(ServedClient client, Realpath request) {
    SftpResponse response = client.ask(request);
    assertThat(response).isInstanceOf(SftpResponse.Name.class);
    List<SftpResponse.Name.Entry> entries = ((SftpResponse.Name) response).entries();
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }
}
