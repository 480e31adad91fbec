package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.FileType;
import dev.sluice.sftp.message.HandleRequest.Fsetstat;
import dev.sluice.sftp.message.HandleRequest.Fstat;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.PathRequest.Lstat;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.PathRequest.Setstat;
import dev.sluice.sftp.message.PathRequest.Stat;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpAttributes.Details;
import dev.sluice.sftp.message.SftpAttributes.Pair;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attributes as they are asked for and set. */
final class AttributeRequestsTest {
  @TempDir Path root;

  private ServedClient client(SftpVersion version) {
    return ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, version);
  }

  @ParameterizedTest
  @EnumSource(SftpVersion.class)
  @Conforms("SFTP-032")
  void statFollowsLinksLstatDoesNotAndFstatUsesTheOpenFile(SftpVersion version) throws IOException {
    Files.writeString(root.resolve("f"), "12345");
    Files.createSymbolicLink(root.resolve("l"), Path.of("f"));
    try (ServedClient client = client(version)) {
      SftpHandle open = client.open("l", OpenHow.reading());
      assertThat(attributes(client.ask(new Stat(1, "l", -1))).size()).isEqualTo(5);
      SftpAttributes link = attributes(client.ask(new Lstat(2, "l", -1)));
      assertThat(link.type()).isEqualTo(FileType.SYMLINK);
      assertThat(link.size()).isNotEqualTo(5);
      client.ask(new Plain(Plain.Kind.REMOVE, 3, "f"));
      assertThat(attributes(client.ask(new Fstat(4, open, -1))).size()).isEqualTo(5);
      assertThat(client.status(new Stat(5, "l", -1))).isEqualTo(StatusCode.NO_SUCH_FILE);
      assertThat(attributes(client.ask(new Lstat(6, "l", -1))).type()).isEqualTo(FileType.SYMLINK);
    }
  }

  @Test
  @Conforms("SFTP-120")
  void whatCannotBeSetAsAWholeChangesNothingInVersionSix() throws IOException {
    Path file = Files.writeString(root.resolve("f"), "12345");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    SftpAttributes some =
        SftpAttributes.NONE
            .withSize(2L)
            .withPermissions(0600)
            .withTimes(Instant.EPOCH, Instant.EPOCH);
    try (ServedClient client = client(SftpVersion.V6)) {
      SftpHandle open = client.open("f", OpenHow.readWriting(Disposition.OPEN_EXISTING));
      Map<SftpAttributes, StatusCode> refused =
          Map.of(
              some.withCreated(Instant.EPOCH), StatusCode.OP_UNSUPPORTED,
              some.withDetails(details(1L, null, null)), StatusCode.INVALID_PARAMETER,
              some.withDetails(details(null, 1, null)), StatusCode.INVALID_PARAMETER,
              some.withDetails(details(null, null, 2)), StatusCode.INVALID_PARAMETER,
              some.withExtended(List.of(new Pair("x@example.com", new byte[1]))),
                  StatusCode.OP_UNSUPPORTED);
      refused.forEach(
          (asked, code) -> {
            assertThat(client.status(new Setstat(1, "f", asked))).as("%s", asked).isEqualTo(code);
            assertThat(client.status(new Fsetstat(2, open, asked))).as("%s", asked).isEqualTo(code);
          });
      assertThat(file).hasContent("12345");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-r--r--");
      assertThat(client.status(new Setstat(3, "f", some))).isEqualTo(StatusCode.OK);
      assertThat(file).hasContent("12");
    }
  }

  private static Details details(Long allocation, Integer textHint, Integer links) {
    return new Details(allocation, null, null, textHint, null, links, null);
  }

  private static SftpAttributes attributes(SftpResponse response) {
    return ((SftpResponse.Attrs) response).attributes();
  }
}
