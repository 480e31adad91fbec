package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.DraftExtension.CheckFile;
import dev.sluice.sftp.message.DraftExtension.CopyFile;
import dev.sluice.sftp.message.DraftExtension.Md5Hash;
import dev.sluice.sftp.message.DraftExtension.SpaceAvailable;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.ExtensionReply;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenSshExtension.Lsetstat;
import dev.sluice.sftp.message.OpenSshExtension.NamesById;
import dev.sluice.sftp.message.PathRequest.Stat;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import dev.sluice.test.LeakGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The smaller extensions. */
final class ExtensionsTest {
  @TempDir Path root;

  private ServedClient client(SftpVersion version) {
    return ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, version);
  }

  @Test
  @Conforms("SFTP-089")
  void lsetstatChangesAFileAndNeverWhatALinkLeadsTo() throws IOException {
    Path file = Files.writeString(root.resolve("f"), "content");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.createSymbolicLink(root.resolve("l"), Path.of("f"));
    try (ServedClient client = client(SftpVersion.V3)) {
      SftpAttributes mode = SftpAttributes.NONE.withPermissions(0600);
      assertThat(client.status(new Extended(1, new Lsetstat("l", mode))))
          .isEqualTo(StatusCode.OP_UNSUPPORTED);
      assertThat(permissions(file)).isEqualTo("rw-r--r--");
      assertThat(client.status(new Extended(2, new Lsetstat("f", mode)))).isEqualTo(StatusCode.OK);
      assertThat(permissions(file)).isEqualTo("rw-------");
      assertThat(
              client.status(new Extended(3, new Lsetstat("f", SftpAttributes.NONE.withSize(0L)))))
          .isEqualTo(StatusCode.BAD_MESSAGE);
      assertThat(file).hasContent("content");
    }
  }

  @Test
  @Conforms("SFTP-089")
  void lsetstatSetsTheTimesOfALinkAndNotThoseOfItsTarget() throws IOException {
    Path file = Files.writeString(root.resolve("f"), "content");
    FileTime before = Files.getLastModifiedTime(file);
    Path link = Files.createSymbolicLink(root.resolve("l"), Path.of("f"));
    Path loose = Files.createSymbolicLink(root.resolve("loose"), Path.of("/nowhere"));
    SftpAttributes times =
        SftpAttributes.NONE.withTimes(
            Instant.ofEpochSecond(1_000_000_000), Instant.ofEpochSecond(1_100_000_000));
    try (ServedClient client = client(SftpVersion.V3)) {
      for (String name : List.of("l", "loose")) {
        assertThat(client.status(new Extended(1, new Lsetstat(name, times))))
            .isEqualTo(StatusCode.OK);
      }
      for (Path each : List.of(link, loose)) {
        BasicFileAttributes own =
            Files.readAttributes(each, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        assertThat(own.lastAccessTime().toMillis()).isEqualTo(1_000_000_000_000L);
        assertThat(own.lastModifiedTime().toMillis()).isEqualTo(1_100_000_000_000L);
      }
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    }
  }

  @Test
  @Conforms("SFTP-093")
  void numbersOfOwnersThatHaveBeenSeenAreNamed() throws IOException {
    Path file = Files.writeString(root.resolve("f"), "");
    try (ServedClient client = client(SftpVersion.V3)) {
      SftpResponse.Attrs seen = (SftpResponse.Attrs) client.ask(new Stat(1, "f", 0));
      long user = Long.parseLong(seen.attributes().owner().user());
      long group = Long.parseLong(seen.attributes().owner().group());

      SftpResponse.ExtendedReply reply =
          (SftpResponse.ExtendedReply)
              client.ask(
                  new Extended(
                      2,
                      new NamesById(
                          List.of(4_294_967_294L, user), List.of(group, 4_294_967_294L))));

      ExtensionReply.Names names =
          ExtensionReply.decode(reply.data(), ExtensionReply.Names::decode);
      assertThat(names.users()).containsExactly("", Files.getOwner(file).getName());
      assertThat(names.groups()).hasSize(2).last().isEqualTo("");
      assertThat(names.groups().get(0)).isNotEmpty();
    }
  }

  @Test
  @Conforms("SFTP-097")
  void md5IsComputedUnlessTheQuickCheckDiffers() throws Exception {
    byte[] content = new byte[10_000];
    new java.util.Random(7).nextBytes(content);
    Files.write(root.resolve("f"), content);
    byte[] start = md5(content, 0, 2048);
    try (ServedClient client = client(SftpVersion.V5)) {
      SftpHandle handle = client.open("f", OpenHow.reading());
      assertThat(digest(client, new Md5Hash("f", null, 0, 0, new byte[0])))
          .isEqualTo(md5(content, 0, 10_000));
      assertThat(digest(client, new Md5Hash(null, handle, 100, 5000, new byte[0])))
          .isEqualTo(md5(content, 100, 5000));
      assertThat(digest(client, new Md5Hash("f", null, 0, 0, start)))
          .isEqualTo(md5(content, 0, 10_000));
      assertThat(digest(client, new Md5Hash("f", null, 0, 0, new byte[16]))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(SftpVersion.class)
  @Conforms("SFTP-098")
  void filesAreCopiedAndReplacedOnlyIfToldTo(SftpVersion version) throws IOException {
    Files.writeString(root.resolve("from"), "new");
    Files.writeString(root.resolve("to"), "old");
    try (ServedClient client = client(version)) {
      assertThat(client.status(new Extended(1, new CopyFile("from", "to", false))))
          .isEqualTo(StatusCode.FILE_ALREADY_EXISTS.in(version));
      assertThat(root.resolve("to")).hasContent("old");
      assertThat(client.status(new Extended(2, new CopyFile("from", "to", true))))
          .isEqualTo(StatusCode.OK);
      assertThat(client.status(new Extended(3, new CopyFile("from", "free", false))))
          .isEqualTo(StatusCode.OK);
    }
    assertThat(root.resolve("to")).hasContent("new");
    assertThat(root.resolve("free")).hasContent("new");
  }

  @Test
  @Conforms("SFTP-098")
  void theRoomOfTheDiskIsTold() {
    try (ServedClient client = client(SftpVersion.V6)) {
      SftpResponse.ExtendedReply reply =
          (SftpResponse.ExtendedReply) client.ask(new Extended(1, new SpaceAvailable("/")));

      ExtensionReply.AvailableSpace room =
          ExtensionReply.decode(reply.data(), ExtensionReply.AvailableSpace::decode);
      assertThat(room.total()).isEqualTo(root.toFile().getTotalSpace());
      assertThat(room.unusedForUser()).isBetween(1L, room.total());
      assertThat(room.unit()).isPositive();
    }
  }

  @Test
  void aSessionThatEndsDuringADigestLosesNoBuffer() throws IOException {
    Files.write(root.resolve("f"), new byte[4 << 20]);
    for (int round = 0; round < 50; round++) {
      try (ServedClient client = client(SftpVersion.V3)) {
        client.send(new Extended(1, new CheckFile("f", null, List.of("sha256"), 0, 0, 0)));
        client.settle();
      } // which breaks the connection
    }
    assertThat(LeakGuard.drain(2)).isEmpty();
  }

  private static byte[] digest(ServedClient client, Md5Hash request) {
    SftpResponse.ExtendedReply reply =
        (SftpResponse.ExtendedReply) client.ask(new Extended(1, request));
    ExtensionReply.Md5 md5 = ExtensionReply.decode(reply.data(), ExtensionReply.Md5::decode);
    assertThat(md5.name()).isEqualTo(request.name());
    return md5.digest();
  }

  private static byte[] md5(byte[] content, int from, int length) throws Exception {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    md5.update(content, from, length);
    return md5.digest();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
