package dev.sluice.sftp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server beside what OpenSSH's answered to the same octets. Texts of statuses, the octets of
 * handles and the list of extensions are each server's own.
 */
final class OpenSshVectorsTest {
  private static final String THEIR_HANDLE = "0000000400000000";
  private static final String OUR_HANDLE = "000000080000000000000001";
  private static final String LIMITS = "limits@openssh.com";
  private static final int STATUS = 0x65;
  private static final int VERSION = 2;
  private static final int STATUS_FIELDS = 1 + 4 + 4; // type, id, code

  @TempDir Path root;

  @Test
  @Conforms({
    "SFTP-001",
    "SFTP-014",
    "SFTP-017",
    "SFTP-019",
    "SFTP-027",
    "SFTP-028",
    "SFTP-043",
    "SFTP-044",
    "SFTP-045",
    "SFTP-046",
    "SFTP-090"
  })
  void answersAsOpenSshDoes() throws IOException {
    Path file = Files.writeString(root.resolve("f"), "hello world");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.getFileAttributeView(file, BasicFileAttributeView.class)
        .setTimes(FileTime.from(Instant.ofEpochSecond(1234567890)), null, null);
    int replayed = 0;
    try (ServedClient client =
        ServedClient.unstarted(LocalStorage.at(root), SftpServerSettings.DEFAULT)) {
      for (String line : lines()) {
        String[] fields = line.split(" \\| ");
        client.sendHex(ours(fields[1]));
        ByteBuf answer = client.packet();
        compare(fields[0], fields[2], ByteBufUtil.hexDump(answer));
        answer.release();
        replayed++;
      }
    }
    assertThat(replayed).isEqualTo(16);
  }

  private static void compare(String name, String theirPacket, String ours) {
    String theirs = theirPacket.substring(8);
    int type = Integer.parseInt(theirs.substring(0, 2), 16);
    if (type == STATUS) {
      assertThat(ours.substring(0, 2 * STATUS_FIELDS))
          .as(name)
          .isEqualTo(theirs.substring(0, 2 * STATUS_FIELDS));
    } else if (type == VERSION) {
      assertThat(ours).as(name).startsWith("0200000003");
      assertThat(ours.length()).as(name).isGreaterThanOrEqualTo(theirs.length());
    } else if (name.contains(LIMITS)) {
      assertThat(ours.substring(0, ours.length() - 16))
          .as(name)
          .isEqualTo(theirs.substring(0, theirs.length() - 16));
    } else if (name.startsWith("FSTAT")) {
      assertThat(fixed(ours)).as(name).isEqualTo(fixed(theirs));
    } else {
      assertThat(ours).as(name).isEqualTo(theirs.replace(THEIR_HANDLE, OUR_HANDLE));
    }
  }

  /** Whoever runs the tests owns the file, and reading moves its access time. */
  private static String fixed(String attrs) {
    int owner = 2 * (1 + 4 + 4 + 8);
    int accessed = owner + 2 * (4 + 4 + 4);
    return attrs.substring(0, owner)
        + attrs.substring(owner + 16, accessed)
        + attrs.substring(accessed + 8);
  }

  private static String ours(String request) {
    if (!request.contains(THEIR_HANDLE)) {
      return request;
    }
    String packet = request.substring(8).replaceFirst(THEIR_HANDLE, OUR_HANDLE);
    return String.format("%08x", packet.length() / 2) + packet;
  }

  private static Iterable<String> lines() throws IOException {
    try (InputStream in = OpenSshVectorsTest.class.getResourceAsStream("openssh-v3.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }
}
