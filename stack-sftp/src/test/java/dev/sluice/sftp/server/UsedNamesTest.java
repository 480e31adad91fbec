package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpServerUploads;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Write;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.OpenSshExtension.CopyData;
import dev.sluice.sftp.message.PathRequest.Lstat;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.storage.local.LocalStorage;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a client knows by more than one way while it has them open. */
final class UsedNamesTest {
  @TempDir private Path root;

  @Test
  void aClientThatLooksAtTheNameOfItsUploadFindsItAndGoesOn() {
    SftpServerSettings atomic =
        SftpServerSettings.DEFAULT.withUploads(new SftpServerUploads(true, 022));
    try (ServedClient client = ServedClient.of(LocalStorage.at(root), atomic, SftpVersion.V3)) {
      SftpHandle file = client.open("new", OpenHow.writing(Disposition.CREATE_TRUNCATE));
      assertThat(root.resolve("new")).doesNotExist();
      assertThat(client.ask(new Lstat(1, "new", 0))).isInstanceOf(SftpResponse.Attrs.class);
      assertThat(root.resolve("new")).exists();
      byte[] text = "hello".getBytes(StandardCharsets.US_ASCII);
      assertThat(client.status(new Write(2, file, 0, Unpooled.wrappedBuffer(text))))
          .isEqualTo(StatusCode.OK);
      assertThat(client.status(new Close(3, file))).isEqualTo(StatusCode.OK);
      assertThat(root.resolve("new")).hasContent("hello");
    }
  }

  @Test
  void dataIsNotCopiedOntoItselfThroughALink() throws IOException {
    Files.writeString(root.resolve("a"), "content");
    Files.createLink(root.resolve("b"), root.resolve("a"));
    try (ServedClient client =
        ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, SftpVersion.V3)) {
      SftpHandle from = client.open("a", OpenHow.reading());
      SftpHandle to = client.open("b", OpenHow.writing(Disposition.OPEN_EXISTING));
      assertThat(client.status(new Extended(1, new CopyData(from, 0, 0, to, 7))))
          .isEqualTo(StatusCode.FAILURE);
      assertThat(root.resolve("a")).hasContent("content");
    }
  }
}
