package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.HandleRequest.Block;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Fstat;
import dev.sluice.sftp.message.HandleRequest.Read;
import dev.sluice.sftp.message.HandleRequest.Unblock;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.PathRequest.Open;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OPEN grants, and what is locked. */
final class AccessTest {
  @TempDir Path root;

  private ServedClient client(SftpVersion version) {
    return ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, version);
  }

  @ParameterizedTest
  @EnumSource(
      value = SftpVersion.class,
      names = {"V5", "V6"})
  @Conforms("SFTP-109")
  void onlyAccessThatCanBeGrantedIsAndNoLockIs(SftpVersion version) throws IOException {
    Files.writeString(root.resolve("f"), "12345");
    try (ServedClient client = client(version)) {
      int existing = OpenHow.reading().flags();
      OpenHow execute = new OpenHow(OpenHow.READ_DATA | 0x20, existing);
      assertThat(client.status(new Open(1, "f", execute, SftpAttributes.NONE)))
          .isEqualTo(StatusCode.PERMISSION_DENIED);
      for (int lock :
          new int[] {
            OpenHow.FLAG_BLOCK_READ, OpenHow.FLAG_BLOCK_WRITE, OpenHow.FLAG_BLOCK_DELETE
          }) {
        Open open = new Open(2, "f", OpenHow.reading().with(lock), SftpAttributes.NONE);
        assertThat(client.status(open)).isEqualTo(StatusCode.OP_UNSUPPORTED);
      }
      SftpHandle looking = client.open("f", new OpenHow(OpenHow.READ_ATTRIBUTES, existing));
      SftpResponse.Attrs attrs = (SftpResponse.Attrs) client.ask(new Fstat(3, looking, -1));
      assertThat(attrs.attributes().size()).isEqualTo(5);
      assertThat(client.status(new Read(4, looking, 0, 5))).isEqualTo(StatusCode.PERMISSION_DENIED);
    }
  }

  @Test
  @Conforms("SFTP-110")
  void aLinkIsNotOpenedByWhoDoesNotFollowAndKeepsItsTarget() throws IOException {
    Files.writeString(root.resolve("f"), "12345");
    Files.createSymbolicLink(root.resolve("link"), Path.of("f"));
    Files.createSymbolicLink(root.resolve("loose"), Path.of("nowhere"));
    try (ServedClient client = client(SftpVersion.V6)) {
      for (String link : List.of("link", "loose")) {
        for (OpenHow how :
            List.of(OpenHow.reading(), OpenHow.writing(Disposition.CREATE_TRUNCATE))) {
          OpenHow noFollow = how.with(OpenHow.FLAG_NOFOLLOW);
          assertThat(client.status(new Open(1, link, noFollow, SftpAttributes.NONE)))
              .isEqualTo(StatusCode.LINK_LOOP);
        }
      }
      client.open("f", OpenHow.reading().with(OpenHow.FLAG_NOFOLLOW));
    }
    assertThat(root.resolve("f")).content().isEqualTo("12345");
    assertThat(root.resolve("nowhere")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Conforms("SFTP-110")
  void aFileThatIsToGoGoesWithItsHandleOrItsSession(boolean closed) throws Exception {
    Files.writeString(root.resolve("old"), "12345");
    try (ServedClient client = client(SftpVersion.V6)) {
      for (OpenHow how : List.of(OpenHow.reading(), OpenHow.writing(Disposition.CREATE_NEW))) {
        OpenHow passing = how.with(OpenHow.FLAG_DELETE_ON_CLOSE);
        SftpHandle file = client.open(how.writes() ? "new" : "old", passing);
        if (closed) {
          assertThat(client.status(new Close(1, file))).isEqualTo(StatusCode.OK);
        }
      }
      if (!closed) {
        assertThat(root.resolve("old")).exists();
        client.endInput();
        client.awaitEnd();
      }
    }
    assertThat(root.resolve("old")).doesNotExist();
    assertThat(root.resolve("new")).doesNotExist();
  }

  @Test
  @Conforms("SFTP-113")
  void rangesAreNotLocked() {
    try (ServedClient client = client(SftpVersion.V6)) {
      SftpHandle file = client.open("f", OpenHow.writing(Disposition.CREATE_NEW));
      assertThat(client.status(new Block(1, file, 0, 5, OpenHow.FLAG_BLOCK_WRITE)))
          .isEqualTo(StatusCode.OP_UNSUPPORTED);
      assertThat(client.status(new Unblock(2, file, 0, 5))).isEqualTo(StatusCode.OP_UNSUPPORTED);
    }
  }
}
