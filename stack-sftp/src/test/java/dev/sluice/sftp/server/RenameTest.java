package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.OpenSshExtension.PosixRename;
import dev.sluice.sftp.message.PathRequest.Rename;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RENAME of every version. */
final class RenameTest {
  @TempDir Path root;

  private ServedClient client() {
    return client(SftpVersion.V3);
  }

  private ServedClient client(SftpVersion version) {
    return ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, version);
  }

  @Test
  @Conforms({"SFTP-039", "SFTP-086"})
  void renamingReplacesOnlyWhenAsked() throws IOException {
    Files.writeString(root.resolve("a"), "a");
    Files.writeString(root.resolve("b"), "b");
    try (ServedClient client = client()) {
      assertThat(client.status(new Rename(1, "a", "b", 0))).isEqualTo(StatusCode.FAILURE);
      assertThat(client.status(new Rename(2, "a", "a", 0))).isEqualTo(StatusCode.FAILURE);
      assertThat(root.resolve("b")).hasContent("b");
      assertThat(client.status(new Extended(3, new PosixRename("a", "b"))))
          .isEqualTo(StatusCode.OK);
      assertThat(root.resolve("b")).hasContent("a");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SftpVersion.class,
      names = {"V5", "V6"})
  @Conforms("SFTP-111")
  void fromVersionFiveTheClientSaysWhetherRenamingReplaces(SftpVersion version) throws IOException {
    Map<Integer, Boolean> replacing =
        Map.of(
            0,
            false,
            Rename.NATIVE,
            false,
            Rename.OVERWRITE,
            true,
            Rename.ATOMIC,
            true,
            Rename.OVERWRITE | Rename.ATOMIC,
            true,
            Rename.OVERWRITE | Rename.NATIVE,
            true);
    try (ServedClient client = client(version)) {
      for (Map.Entry<Integer, Boolean> flags : replacing.entrySet()) {
        Files.writeString(root.resolve("a"), "a");
        Files.writeString(root.resolve("b"), "b");
        boolean replaces = flags.getValue();
        assertThat(client.status(new Rename(1, "a", "b", flags.getKey())))
            .as("%s", flags)
            .isEqualTo(replaces ? StatusCode.OK : StatusCode.FILE_ALREADY_EXISTS);
        assertThat(root.resolve("b")).hasContent(replaces ? "a" : "b");
        assertThat(Files.exists(root.resolve("a"))).isEqualTo(!replaces);
      }
    }
  }

  @Test
  @Conforms("SFTP-039")
  void ofTwoSessionsThatWantANameOneGetsItAndNoFileIsLost() throws Exception {
    for (int round = 0; round < 200; round++) {
      Files.writeString(root.resolve("a"), "a");
      Files.writeString(root.resolve("b"), "b");
      List<StatusCode> codes;
      try (ServedClient one = client();
          ServedClient other = client()) {
        one.send(new Rename(1, "a", "goal", 0));
        other.send(new Rename(2, "b", "goal", 0));
        one.settle();
        other.settle();
        codes = List.of(ServedClient.code(one.next()), ServedClient.code(other.next()));
      }
      assertThat(codes).containsExactlyInAnyOrder(StatusCode.OK, StatusCode.FAILURE);
      String loser = codes.get(0) == StatusCode.OK ? "b" : "a";
      assertThat(root.resolve(loser)).hasContent(loser);
      assertThat(root.resolve("goal")).hasContent(loser.equals("a") ? "b" : "a");
      Files.delete(root.resolve("goal"));
    }
  }
}
