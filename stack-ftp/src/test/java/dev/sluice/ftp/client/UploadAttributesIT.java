package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.client.Contents;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.ServerPeer;
import dev.sluice.ftp.server.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is killed in the middle leaves no file under its name without its time and its mode. */
final class UploadAttributesIT {
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final Instant TIME = Instant.parse("2020-02-03T04:05:06Z");
  private static final AttributeChange BOTH =
      AttributeChange.none().withModified(TIME).withPermissions(0640);

  private final List<String> lines = new CopyOnWriteArrayList<>();
  @TempDir private Path there;

  @Test
  void aFileHasItsTimeAndItsModeBeforeItHasItsName() throws IOException {
    try (TestServer server = new TestServer(there)) {
      FtpSession session = connect(server);
      session
          .write(FILE, WriteMode.replace(), Contents.of("x", StandardCharsets.UTF_8), BOTH)
          .block(PATIENCE);
      List<String> sent =
          lines.stream()
              .filter(line -> line.startsWith("> "))
              .map(UploadAttributesIT::verb)
              .toList();
      assertThat(sent.indexOf("RNTO"))
          .as("%s", sent)
          .isGreaterThan(sent.indexOf("MFMT"))
          .isGreaterThan(sent.indexOf("SITE"));
      assertThat(sent).contains("MFMT", "SITE");
      assertThat(Files.getLastModifiedTime(there.resolve("file")).toInstant()).isEqualTo(TIME);
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(there.resolve("file"))))
          .isEqualTo("rw-r-----");
      session.close().block(PATIENCE);
    }
  }

  @Test
  void aRefusedTimeDoesNotKeepTheModeFromBeingSet() throws IOException {
    try (ServerPeer server = RealServers.start("vsftpd", PeerOptions.DEFAULT)) {
      FtpSession session = RealServers.connect(RealServers.client(server));
      RemotePath directory = RemotePath.of("/directory");
      session.createDirectory(directory).block(PATIENCE);
      assertThatThrownBy(() -> session.setAttributes(directory, BOTH).block(PATIENCE))
          .isInstanceOf(FileFailure.class)
          .hasMessageContaining("MDTM");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(server.root().resolve("directory"))))
          .isEqualTo("rw-r-----");
      session.close().block(PATIENCE);
    }
  }

  @Test
  void aLinkIsFollowedByStatAndNotByLstat() throws IOException {
    Files.writeString(there.resolve("file"), "four");
    Files.createSymbolicLink(there.resolve("link"), Path.of("file"));
    Files.createSymbolicLink(there.resolve("nowhere"), Path.of("missing"));
    try (TestServer server = new TestServer(there)) {
      FtpSession session = connect(server);
      assertThat(session.stat(RemotePath.of("/link")).block(PATIENCE).size()).isEqualTo(4);
      assertThat(session.lstat(RemotePath.of("/link")).block(PATIENCE).kind())
          .isEqualTo(FileKind.SYMBOLIC_LINK);
      assertThatThrownBy(() -> session.stat(RemotePath.of("/nowhere")).block(PATIENCE))
          .isInstanceOf(FileFailure.class)
          .hasMessageContaining("NOT_FOUND");
      assertThat(
              Contents.text(
                      session.read(RemotePath.of("/link"), ByteRange.all()),
                      StandardCharsets.UTF_8,
                      10)
                  .block(PATIENCE))
          .isEqualTo("four");
      session.close().block(PATIENCE);
    }
  }

  private FtpSession connect(TestServer server) {
    return RealServers.connect(
        FtpClient.create("127.0.0.1")
            .port(server.address().getPort())
            .credentials(TestServer.USER, TestServer.PASSWORD)
            .trace(lines::add));
  }

  private static String verb(String line) {
    return line.substring(2).split(" ")[0];
  }
}
