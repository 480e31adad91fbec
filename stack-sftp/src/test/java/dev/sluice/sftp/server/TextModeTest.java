package dev.sluice.sftp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.DraftExtension.TextSeek;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Read;
import dev.sluice.sftp.message.HandleRequest.Write;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.ServerOffer;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are opened as text. */
@Conforms("SFTP-118")
final class TextModeTest {
  private static final OpenHow READ = OpenHow.reading().with(OpenHow.FLAG_TEXT);

  @TempDir Path root;

  private ServedClient client(SftpVersion version) {
    return ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, version);
  }

  @ParameterizedTest
  @EnumSource(
      value = SftpVersion.class,
      names = {"V4", "V5", "V6"})
  void linesEndAsAnnouncedAndOffsetsAreIgnored(SftpVersion version) throws IOException {
    Files.writeString(root.resolve("f"), "one\ntwo\r\nthree");
    try (ServedClient client =
        ServedClient.unstarted(LocalStorage.at(root), SftpServerSettings.DEFAULT)) {
      assertThat(client.init(version.number()).extensions().get(ServerOffer.NEWLINE))
          .containsExactly('\n');
      SftpHandle file = client.open("f", READ);
      for (int id = 0; id < 4; id++) {
        client.send(new Read(id, file, 1000L * id, 6));
      }
      assertThat(client.awaitAll(4)).containsExactly("0 one\ntw", "1 o\r\nthr", "2 ee", "3 EOF");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SftpVersion.class,
      names = {"V4", "V5", "V6"})
  void whatIsWrittenGoesBehindWhatWasWrittenBefore(SftpVersion version) {
    try (ServedClient client = client(version)) {
      OpenHow how = OpenHow.writing(Disposition.CREATE_TRUNCATE).with(OpenHow.FLAG_TEXT);
      SftpHandle file = client.open("f", how);
      for (String text : List.of("a\n", "", "bc\n", "d")) {
        client.send(new Write(1, file, 0, Unpooled.copiedBuffer(text, UTF_8)));
      }
      assertThat(client.awaitAll(4)).containsOnly("1 OK");
      assertThat(client.status(new Close(2, file))).isEqualTo(StatusCode.OK);
    }
    assertThat(root.resolve("f")).hasContent("a\nbc\nd");
  }

  @Test
  void aLineIsFoundAndOneThatIsNotThereIsNot() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      lines.append("line ").append(i).append('\n');
    }
    Files.writeString(root.resolve("f"), lines);
    try (ServedClient client = client(SftpVersion.V6)) {
      SftpHandle file = client.open("f", READ);
      for (int line : new int[] {49_999, 0, 12_345}) {
        assertThat(client.status(new Extended(1, new TextSeek(file, line))))
            .isEqualTo(StatusCode.OK);
        client.send(new Read(2, file, 0, ("line " + line).length()));
        assertThat(client.awaitAll(1)).containsExactly("2 line " + line);
      }
      for (long line : new long[] {50_001, Long.MAX_VALUE, -1}) {
        assertThat(client.status(new Extended(3, new TextSeek(file, line))))
            .isEqualTo(StatusCode.EOF);
      }
      SftpHandle binary = client.open("f", OpenHow.reading());
      assertThat(client.status(new Extended(4, new TextSeek(binary, 0))))
          .isEqualTo(StatusCode.INVALID_PARAMETER);
    }
  }

  @Test
  void versionThreeHasNoTextAndReadsWhereItIsTold() throws IOException {
    Files.writeString(root.resolve("f"), "0123456789");
    try (ServedClient client = client(SftpVersion.V3)) {
      SftpHandle file = client.open("f", READ);
      client.send(new Read(1, file, 7, 10));
      assertThat(client.awaitAll(1)).containsExactly("1 789");
    }
  }
}
