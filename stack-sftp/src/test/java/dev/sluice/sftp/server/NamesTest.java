package dev.sluice.sftp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.DraftExtension.TranslateNames;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Readdir;
import dev.sluice.sftp.message.HandleRequest.Write;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.PathRequest.Rename;
import dev.sluice.sftp.message.PathRequest.Stat;
import dev.sluice.sftp.message.ServerOffer;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
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

/** Names of any octets. */
final class NamesTest {
  private static final String LATIN = "caf\uDCE9"; // as RawName has the octet E9
  private static final String OTHER = "\uDCFF\uDC80";

  @TempDir Path root;

  private ServedClient client(SftpVersion version) {
    return ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, version);
  }

  @Test
  @Conforms("SFTP-079")
  void versionThreeKeepsOctetsThatAreNotUtf8() {
    try (ServedClient client = client(SftpVersion.V3)) {
      SftpHandle file = client.open(LATIN, OpenHow.writing(Disposition.CREATE_NEW));
      assertThat(client.status(new Close(1, file))).isEqualTo(StatusCode.OK);
      assertThat(listed(client)).containsExactly(LATIN);
      assertThat(client.status(new Rename(2, LATIN, OTHER, 0))).isEqualTo(StatusCode.OK);
      assertThat(listed(client)).containsExactly(OTHER);
      client.open(OTHER, OpenHow.reading());
      assertThat(client.status(new Stat(3, LATIN, 0))).isEqualTo(StatusCode.NO_SUCH_FILE);
      assertThat(client.status(new Plain(Plain.Kind.REMOVE, 4, OTHER))).isEqualTo(StatusCode.OK);
    }
    assertThat(root).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(
      value = SftpVersion.class,
      names = {"V4", "V5", "V6"})
  @Conforms({"SFTP-079", "SFTP-117"})
  void laterVersionsHaveUtf8Alone(SftpVersion version) {
    try (ServedClient before = client(SftpVersion.V3)) {
      before.open(LATIN, OpenHow.writing(Disposition.CREATE_NEW));
    }
    try (ServedClient client = client(version)) {
      List<SftpResponse.Name.Entry> entries = entries(client);
      assertThat(entries).extracting(SftpResponse.Name.Entry::name).containsExactly("caf\uFFFD");
      assertThat(entries.get(0).attributes().details().untranslatedName())
          .isEqualTo(version == SftpVersion.V6 ? LATIN : null);
      assertThat(client.status(new Stat(1, LATIN, 0)))
          .isEqualTo(StatusCode.INVALID_FILENAME.in(version));
      // An overlong form of the letter A.
      assertThat(client.status(new Stat(2, "\uDCC1\uDC81", 0)))
          .isEqualTo(StatusCode.INVALID_FILENAME.in(version));
    }
  }

  @Test
  @Conforms({"SFTP-079", "SFTP-117"})
  void whoTurnsTranslationOffInVersionSixHasNamesAsTheyAre() {
    try (ServedClient client =
        ServedClient.unstarted(LocalStorage.at(root), SftpServerSettings.DEFAULT)) {
      assertThat(client.init(6).extensions().get(ServerOffer.FILENAME_CHARSET))
          .isEqualTo("UTF-8".getBytes(UTF_8));
      assertThat(client.status(new Extended(1, new TranslateNames(false))))
          .isEqualTo(StatusCode.OK);
      client.open(LATIN, OpenHow.writing(Disposition.CREATE_NEW));
      assertThat(listed(client)).containsExactly(LATIN);
      assertThat(client.status(new Extended(2, new TranslateNames(true)))).isEqualTo(StatusCode.OK);
      assertThat(listed(client)).containsExactly("caf\uFFFD");
    }
    try (ServedClient client = client(SftpVersion.V5)) {
      assertThat(client.status(new Extended(3, new TranslateNames(false))))
          .isEqualTo(StatusCode.OP_UNSUPPORTED);
    }
  }

  @Test
  @Conforms("SFTP-080")
  void namesThatMeanMoreOnOtherHostsAreNamesHere() throws IOException {
    Path outside = Files.writeString(root.resolve("outside"), "outside");
    Path inside = Files.createDirectory(root.resolve("inside"));
    List<String> names =
        List.of("..\\outside", "C:", "C:\\x", "CON", "nul.txt", "f:stream", "f.", "f ", "f", "F");
    try (ServedClient client = ServedClient.of(LocalStorage.at(inside))) {
      for (String name : names) {
        SftpHandle file = client.open(name, OpenHow.writing(Disposition.CREATE_NEW));
        client.status(new Write(1, file, 0, Unpooled.copiedBuffer(name, UTF_8)));
        client.status(new Close(2, file));
      }
    }
    assertThat(inside.toFile().list()).containsExactlyInAnyOrder(names.toArray(String[]::new));
    for (String name : names) {
      assertThat(inside.resolve(name)).hasContent(name);
    }
    assertThat(outside).hasContent("outside");
  }

  private static List<String> listed(ServedClient client) {
    return entries(client).stream().map(SftpResponse.Name.Entry::name).toList();
  }

  private static List<SftpResponse.Name.Entry> entries(ServedClient client) {
    SftpHandle directory =
        ((SftpResponse.Handle) client.ask(new Plain(Plain.Kind.OPENDIR, 1, "/"))).handle();
    SftpResponse.Name names = (SftpResponse.Name) client.ask(new Readdir(2, directory));
    client.ask(new Close(3, directory));
    return names.entries().stream()
        .filter(entry -> !entry.name().equals(".") && !entry.name().equals(".."))
        .toList();
  }
}
