package dev.sluice.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.ftp.FtpMeans;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.server.TestServer;
import dev.sluice.test.FileOperationsContract;
import dev.sluice.transport.door.StaticUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb takes relative paths, and sees them from the directory of the login. */
@DisplayName("A session of FTP with relative paths")
final class RelativePathContractIT implements FileOperationsContract {
  private static final RemotePath HOME = RemotePath.of("/home/ann");

  @TempDir private Path root;
  private TestServer server;
  private FtpSession session;

  @BeforeEach
  void logIn() throws IOException {
    Files.createDirectories(root.resolve("home/ann"));
    Identity ann = Identity.of(TestServer.USER).withHome(HOME);
    server =
        new TestServer(root, ours -> ours.users(StaticUsers.none().with(ann, TestServer.PASSWORD)));
    session = client().connectFtp().block(patience());
  }

  @AfterEach
  void logOut() {
    session.close().block(patience());
    server.close();
  }

  @Test
  void aListingMovesNoRelativePath() {
    put("/d/file", text("x"), "/d");
    FtpSession other =
        client().dialogue(d -> d.without(FtpMeans.MLSD)).connectFtp().block(patience());
    assertThat(other).isNotNull();
    RemotePath directory = RemotePath.relative("d");
    for (int i = 0; i < 2; i++) { // LIST enters the directory; relative names would mean others
      assertThat(other.list(directory).map(FileEntry::path).collectList().block(patience()))
          .containsExactly(RemotePath.relative("d/file"));
      assertThat(other.stat(RemotePath.relative("d/file")).map(FileEntry::path).block(patience()))
          .isEqualTo(RemotePath.relative("d/file"));
    }
    assertThat(other.stat(HOME.resolve("d/file")).block(patience())).isNotNull();
    other.close().block(patience());
  }

  private void put(String path, byte[] content, String directory) {
    makeDirectory(directory);
    put(path, content);
    assertThat(root.resolve("home/ann" + path)).hasBinaryContent(content);
  }

  private FtpClient client() {
    return FtpClient.create("127.0.0.1")
        .port(server.address().getPort())
        .credentials(TestServer.USER, TestServer.PASSWORD);
  }

  @Override
  public FileOperations operations() {
    return session;
  }

  @Override
  public RemotePath path(String text) {
    return RemotePath.relative(text.substring(1));
  }

  @Override
  public RemotePath home() {
    return HOME;
  }

  /** A line feed would end the command. */
  @Override
  public boolean storesName(String name) {
    return name.indexOf('\n') < 0;
  }

  /** Our server lets no control character into a line that other programs read. */
  @Override
  public String listedName(String name) {
    return RawName.onOneLine(name);
  }
}
