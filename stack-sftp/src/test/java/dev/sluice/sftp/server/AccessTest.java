package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.storage.local.LocalStorage;
import dev.sluice.sftp.SftpServerOptions;
import dev.sluice.sftp.message.HandleRequest.Block;
import dev.sluice.sftp.message.HandleRequest.Fstat;
import dev.sluice.sftp.message.HandleRequest.Read;
import dev.sluice.sftp.message.HandleRequest.Unblock;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.PathRequest.Open;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.SftpVersion;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What OPEN grants, and what is locked. */
final class AccessTest {
  @TempDir Path root;

  private ServedClient client(SftpVersion version) {
    return ServedClient.of(LocalStorage.at(root), SftpServerOptions.DEFAULT, version);
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
