package dev.sluice.sftp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.storage.Storage;
import dev.sluice.sftp.SftpServerLimits;
import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpServerUploads;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Fsetstat;
import dev.sluice.sftp.message.HandleRequest.Fstat;
import dev.sluice.sftp.message.HandleRequest.Read;
import dev.sluice.sftp.message.HandleRequest.Readdir;
import dev.sluice.sftp.message.HandleRequest.Write;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.OpenSshExtension.CopyData;
import dev.sluice.sftp.message.PathRequest.Open;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.PathRequest.Rename;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.storage.decorate.QuotaStorage;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What requests do to files on a disk. */
final class FilesTest {
  @TempDir Path root;

  private ServedClient client() {
    return ServedClient.of(LocalStorage.at(root));
  }

  private ServedClient client(SftpVersion version) {
    return ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, version);
  }

  @Test
  @Conforms({"SFTP-021", "SFTP-024", "SFTP-029"})
  void aFileShowsAtOnceAndGetsThePermissionsAskedForLessTheUmask() throws IOException {
    try (ServedClient client = client()) {
      SftpAttributes mode = SftpAttributes.NONE.withPermissions(0777).withSize(99L);
      client.ask(new Open(1, "f", OpenHow.writing(Disposition.CREATE_TRUNCATE), mode));
      assertThat(root.resolve("f")).isEmptyFile();
      assertThat(permissions("f")).isEqualTo("rwxr-xr-x");
    }
  }

  @Test
  @Conforms("SFTP-024")
  void theModeOfAFileThatIsThereIsLeftAsItIs() throws IOException {
    Path file = Files.writeString(root.resolve("f"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (ServedClient client = client()) {
      client.ask(
          new Open(
              1,
              "f",
              OpenHow.writing(Disposition.CREATE_TRUNCATE),
              SftpAttributes.NONE.withPermissions(0777)));
      assertThat(permissions("f")).isEqualTo("rw-------");
      assertThat(file).isEmptyFile();
    }
  }

  @Test
  @Conforms({"SFTP-022", "SFTP-108"})
  void aNewFileIsRefusedWhereTheNameIsTakenInAnyForm() throws IOException {
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));
    Files.writeString(root.resolve("file"), "");
    for (SftpVersion version : SftpVersion.values()) {
      try (ServedClient client = client(version)) {
        for (String name : List.of("dangling", "file")) {
          Open open =
              new Open(1, name, OpenHow.writing(Disposition.CREATE_NEW), SftpAttributes.NONE);
          assertThat(client.status(open))
              .as(name + " in " + version)
              .isEqualTo(StatusCode.FILE_ALREADY_EXISTS.in(version));
        }
      }
    }
    assertThat(root.resolve("nowhere")).doesNotExist();
  }

  @Test
  @Conforms("SFTP-022")
  void whatMustExistIsNotMade() {
    try (ServedClient client = client()) {
      for (Disposition disposition :
          List.of(Disposition.OPEN_EXISTING, Disposition.TRUNCATE_EXISTING)) {
        Open open = new Open(1, "none", OpenHow.writing(disposition), SftpAttributes.NONE);
        assertThat(client.status(open)).isEqualTo(StatusCode.NO_SUCH_FILE);
      }
      assertThat(root.resolve("none")).doesNotExist();
    }
  }

  @Test
  @Conforms("SFTP-023")
  void twoWhoAppendLoseNothing() throws IOException {
    try (ServedClient client = client()) {
      OpenHow how = OpenHow.writing(Disposition.OPEN_OR_CREATE).with(OpenHow.FLAG_APPEND);
      SftpHandle one = client.open("f", how);
      SftpHandle other = client.open("f", how);
      for (int i = 0; i < 100; i++) {
        client.send(new Write(i, i % 2 == 0 ? one : other, 0, text("line %3d\n".formatted(i))));
      }
      client.awaitAll(100);
    }
    assertThat(Files.readAllLines(root.resolve("f"))).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  @Conforms("SFTP-025")
  void aDirectoryIsNotOpenedAsAFile() throws IOException {
    Files.createDirectory(root.resolve("d"));
    for (SftpVersion version : SftpVersion.values()) {
      try (ServedClient client = client(version)) {
        assertThat(client.status(new Open(1, "d", OpenHow.reading(), SftpAttributes.NONE)))
            .isEqualTo(StatusCode.FILE_IS_A_DIRECTORY.in(version));
      }
    }
  }

  @Test
  @Conforms({"SFTP-027", "SFTP-116"})
  void pipelinedReadsOfAnySizeYieldTheFile() throws IOException {
    byte[] content = new byte[3_000_017];
    new Random(1).nextBytes(content);
    Files.write(root.resolve("f"), content);
    try (ServedClient client = client()) {
      SftpHandle file = client.open("f", OpenHow.reading());
      Random random = new Random(2);
      for (int round = 0; round < 20; round++) {
        int length = 1 + random.nextInt(200_000);
        int start = random.nextInt(content.length);
        for (int i = 0; i < 8; i++) {
          client.send(new Read(i, file, start + (long) i * length, length));
        }
        for (int i = 0; i < 8; i++) {
          int from = Math.min(content.length, start + i * length);
          checkRead(client.next(), Arrays.copyOfRange(content, from, end(from, length, content)));
        }
      }
    }
  }

  @Test
  @Conforms("SFTP-028")
  void aReadIsCutAtTheServersLimitAndEndsAtTheEnd() throws IOException {
    Files.write(root.resolve("f"), new byte[300_000]);
    try (ServedClient client = client()) {
      SftpHandle file = client.open("f", OpenHow.reading());
      checkRead(client.ask(new Read(1, file, 0, 0xFFFFFFFFL)), new byte[261_120]);
      checkRead(client.ask(new Read(2, file, 299_999, 0xFFFFFFFFL)), new byte[1]);
      assertThat(client.status(new Read(3, file, 300_000, 1))).isEqualTo(StatusCode.EOF);
      assertThat(client.status(new Read(4, file, Long.MAX_VALUE, 1))).isEqualTo(StatusCode.EOF);
      checkRead(client.ask(new Read(5, file, 7, 0)), new byte[0]);
    }
  }

  @Test
  @Conforms({"SFTP-029", "SFTP-030"})
  void pipelinedWritesInAnyOrderMakeTheFileAndGapsAreZeros() throws IOException {
    byte[] content = new byte[2_000_003];
    new Random(3).nextBytes(content);
    Arrays.fill(content, 500_000, 600_000, (byte) 0);
    try (ServedClient client = client()) {
      SftpHandle file = client.open("f", OpenHow.writing(Disposition.CREATE_TRUNCATE));
      int sent = 0;
      for (int at = content.length - 50_003; at >= 0; at -= 50_000) {
        if (at != 500_000 && at != 550_000) {
          int length = at == content.length - 50_003 ? 50_003 : 50_000;
          client.send(new Write(++sent, file, at, Unpooled.copiedBuffer(content, at, length)));
        }
      }
      client.send(new Write(++sent, file, 1, Unpooled.EMPTY_BUFFER));
      assertThat(client.awaitAll(sent)).allMatch(answer -> answer.endsWith(" OK"));
      client.status(new Close(1, file));
    }
    assertThat(Files.readAllBytes(root.resolve("f"))).isEqualTo(content);
  }

  @Test
  @Conforms("SFTP-030")
  void offsetsBeyondFourGibibytesWorkAndThoseBeyondAnyFileAreRefused() throws IOException {
    try (ServedClient client = client()) {
      SftpHandle file = client.open("f", OpenHow.readWriting(Disposition.CREATE_TRUNCATE));
      long far = (4L << 30) + 1;
      assertThat(client.status(new Write(1, file, far, text("x")))).isEqualTo(StatusCode.OK);
      checkRead(client.ask(new Read(2, file, far, 10)), new byte[] {'x'});
      assertThat(client.status(new Write(3, file, Long.MAX_VALUE, text("xy"))))
          .isIn(StatusCode.BAD_MESSAGE, StatusCode.FAILURE);
      client.sendHex(
          "0000001d"
              + "05"
              + "00000004"
              + "00000008"
              + "0000000000000001"
              + "8000000000000000"
              + "00000001");
      assertThat(ServedClient.code(client.next())).isEqualTo(StatusCode.BAD_MESSAGE);
    }
    assertThat(Files.size(root.resolve("f"))).isEqualTo((4L << 30) + 2);
  }

  @Test
  @Conforms("SFTP-031")
  void aHandleDoesOnlyWhatItWasOpenedFor() throws IOException {
    Files.writeString(root.resolve("f"), "x");
    try (ServedClient client = client()) {
      SftpHandle reading = client.open("f", OpenHow.reading());
      SftpHandle writing = client.open("f", OpenHow.writing(Disposition.OPEN_EXISTING));
      assertThat(client.status(new Write(1, reading, 0, text("y"))))
          .isEqualTo(StatusCode.PERMISSION_DENIED);
      assertThat(client.status(new Read(2, writing, 0, 1))).isEqualTo(StatusCode.PERMISSION_DENIED);
    }
  }

  @Test
  @Conforms({"SFTP-033", "SFTP-034"})
  void anOpenFileIsCutAndDatedByItsHandle() throws IOException {
    Files.writeString(root.resolve("f"), "hello world");
    try (ServedClient client = client()) {
      SftpHandle file = client.open("f", OpenHow.writing(Disposition.OPEN_EXISTING));
      Instant then = Instant.ofEpochSecond(1_000_000);
      SftpAttributes all =
          SftpAttributes.NONE.withSize(5L).withPermissions(0640).withTimes(then, then);
      assertThat(client.status(new Fsetstat(1, file, all))).isEqualTo(StatusCode.OK);
      SftpResponse.Attrs now = (SftpResponse.Attrs) client.ask(new Fstat(2, file, 0));
      assertThat(now.attributes().size()).isEqualTo(5);
      assertThat(now.attributes().permissions()).isEqualTo(0640);
      assertThat(now.attributes().modified()).isEqualTo(then);
    }
  }

  @Test
  @Conforms({"SFTP-050", "SFTP-051"})
  void handlesThatAreClosedMadeUpOrOfAnotherKindFail() throws IOException {
    Files.writeString(root.resolve("f"), "x");
    for (SftpVersion version : SftpVersion.values()) {
      try (ServedClient client = client(version)) {
        StatusCode invalid = StatusCode.INVALID_HANDLE.in(version);
        SftpHandle file = client.open("f", OpenHow.reading());
        assertThat(client.status(new Close(1, file))).isEqualTo(StatusCode.OK);
        assertThat(client.status(new Close(2, file))).isEqualTo(invalid);
        assertThat(client.status(new Read(3, SftpHandle.of(77), 0, 1))).isEqualTo(invalid);
        SftpHandle another = client.open("f", OpenHow.reading());
        assertThat(another).isNotEqualTo(file);
        assertThat(client.status(new Readdir(4, another))).isEqualTo(StatusCode.FAILURE);
        SftpHandle directory = directory(client, "/");
        assertThat(client.status(new Read(5, directory, 0, 1))).isEqualTo(StatusCode.FAILURE);
      }
    }
  }

  @Test
  @Conforms("SFTP-073")
  void moreHandlesThanTheLimitAreRefusedUntilOneIsClosed() throws IOException {
    Files.writeString(root.resolve("f"), "x");
    SftpServerSettings few =
        SftpServerSettings.DEFAULT.withLimits(SftpServerLimits.DEFAULT.withHandles(3));
    try (ServedClient client = ServedClient.of(LocalStorage.at(root), few, SftpVersion.V3)) {
      SftpHandle first = client.open("f", OpenHow.reading());
      client.open("f", OpenHow.reading());
      directory(client, "/");
      Open more = new Open(1, "f", OpenHow.reading(), SftpAttributes.NONE);
      assertThat(client.status(more)).isEqualTo(StatusCode.FAILURE);
      client.status(new Close(2, first));
      client.open("f", OpenHow.reading());
    }
  }

  @Test
  @Conforms({"SFTP-035", "SFTP-036", "SFTP-037"})
  void aDirectoryIsReadToItsEndInBatches() throws IOException {
    Set<String> names = new HashSet<>(Set.of(".", ".."));
    for (int i = 0; i < 1234; i++) {
      String name = "é".repeat(i % 120) + i;
      Files.createFile(root.resolve(name));
      names.add(name);
    }
    try (ServedClient client = client()) {
      SftpHandle directory = directory(client, "/");
      Set<String> listed = new HashSet<>();
      SftpResponse answer = client.ask(new Readdir(1, directory));
      while (answer instanceof SftpResponse.Name some) {
        assertThat(some.entries()).hasSizeBetween(1, 100);
        some.entries().forEach(entry -> listed.add(entry.name()));
        answer = client.ask(new Readdir(1, directory));
      }
      assertThat(ServedClient.code(answer)).isEqualTo(StatusCode.EOF);
      assertThat(client.status(new Readdir(2, directory))).isEqualTo(StatusCode.EOF);
      assertThat(listed).isEqualTo(names);
    }
  }

  @Test
  void aFileThatWasMovedOrDeletedWhileOpenIsReadAndChangedOn() throws IOException {
    Files.writeString(root.resolve("a"), "hello");
    try (ServedClient client = client()) {
      SftpHandle file = client.open("a", OpenHow.readWriting(Disposition.OPEN_EXISTING));
      client.status(new Rename(1, "a", "b", 0));
      SftpAttributes mode = SftpAttributes.NONE.withPermissions(0600);
      assertThat(client.status(new Fsetstat(2, file, mode))).isEqualTo(StatusCode.OK);
      assertThat(permissions("b")).isEqualTo("rw-------");
      client.status(new Plain(Plain.Kind.REMOVE, 3, "b"));
      checkRead(client.ask(new Read(4, file, 0, 10)), "hello".getBytes(UTF_8));
    }
  }

  @Test
  @Conforms("SFTP-092")
  void dataIsCopiedBetweenOpenFiles() throws IOException {
    byte[] content = new byte[1_000_000];
    new Random(4).nextBytes(content);
    Files.write(root.resolve("a"), content);
    try (ServedClient client = client()) {
      SftpHandle from = client.open("a", OpenHow.reading());
      SftpHandle to = client.open("b", OpenHow.writing(Disposition.CREATE_TRUNCATE));
      assertThat(client.status(new Extended(1, new CopyData(from, 10, 0, to, 0))))
          .isEqualTo(StatusCode.OK);
      SftpHandle same = client.open("a", OpenHow.writing(Disposition.OPEN_EXISTING));
      assertThat(client.status(new Extended(2, new CopyData(from, 0, 5, same, 9))))
          .isEqualTo(StatusCode.FAILURE);
    }
    assertThat(Files.readAllBytes(root.resolve("b")))
        .isEqualTo(Arrays.copyOfRange(content, 10, content.length));
  }

  @Test
  void anAtomicUploadShowsWhenItIsClosedAndLeavesNothingWhenTheConnectionBreaks() {
    SftpServerSettings atomic =
        SftpServerSettings.DEFAULT.withUploads(new SftpServerUploads(true, 022));
    try (ServedClient client = ServedClient.of(LocalStorage.at(root), atomic, SftpVersion.V3)) {
      SftpHandle kept = client.open("kept", OpenHow.writing(Disposition.CREATE_TRUNCATE));
      client.open("lost", OpenHow.writing(Disposition.CREATE_NEW));
      assertThat(client.status(new Write(1, kept, 0, text("hello")))).isEqualTo(StatusCode.OK);
      SftpAttributes mode = SftpAttributes.NONE.withPermissions(0600);
      assertThat(client.status(new Fsetstat(2, kept, mode))).isEqualTo(StatusCode.OK);
      assertThat(root.resolve("kept")).doesNotExist();
      assertThat(client.status(new Close(3, kept))).isEqualTo(StatusCode.OK);
      assertThat(root.resolve("kept")).hasContent("hello");
      client.endInput();
      client.awaitEnd();
    }
    assertThat(root)
        .isDirectoryNotContaining("glob:**lost")
        .isDirectoryNotContaining("glob:**part");
  }

  @Test
  @Conforms("SFTP-084")
  void aFullQuotaIsReportedAndWhatWasAcknowledgedStays() throws IOException {
    for (SftpVersion version : SftpVersion.values()) {
      Files.deleteIfExists(root.resolve("f"));
      Storage small = QuotaStorage.of(LocalStorage.at(root), 10_000);
      try (ServedClient client = ServedClient.of(small, SftpServerSettings.DEFAULT, version)) {
        SftpHandle file = client.open("f", OpenHow.readWriting(Disposition.CREATE_TRUNCATE));
        for (int i = 0; i < 4; i++) {
          client.send(new Write(i, file, i * 4_000L, Unpooled.wrappedBuffer(new byte[4_000])));
        }
        String full = StatusCode.QUOTA_EXCEEDED.in(version).name();
        assertThat(client.awaitAll(4)).containsExactly("0 OK", "1 OK", "2 " + full, "3 " + full);
        checkRead(client.ask(new Read(9, file, 0, 20_000)), new byte[8_000]);
        client.status(new Close(10, file));
      }
    }
  }

  private static SftpHandle directory(ServedClient client, String path) {
    return ((SftpResponse.Handle) client.ask(new Plain(Plain.Kind.OPENDIR, 1, path))).handle();
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(name)));
  }

  private static int end(int from, int length, byte[] content) {
    return Math.min(content.length, from + length);
  }

  private static void checkRead(SftpResponse response, byte[] expected) {
    if (expected.length == 0 && response instanceof SftpResponse.Status status) {
      assertThat(ServedClient.code(status)).isEqualTo(StatusCode.EOF);
      return;
    }
    ByteBuf data = ((SftpResponse.Data) response).data();
    byte[] octets = new byte[data.readableBytes()];
    data.readBytes(octets);
    data.release();
    assertThat(octets).isEqualTo(expected);
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }
}
