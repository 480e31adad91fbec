package dev.sluice.docs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.client.blocking.BlockingOptions;
import dev.sluice.client.inbox.Inbox;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.client.pool.PooledFiles;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.server.SshServer;
import dev.sluice.transport.connect.ClientSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of settings has every setting with its default and its meaning, and no other. */
final class SettingsReferenceTest {
  private static final Path PAGE = Path.of("settings.md");
  private static final FileOperations FILES =
      PooledFiles.of(FtpClient.create("files.example"), PoolOptions.most(1));
  private static final String FIRST = "## FtpClient\n";
  private static final String LAST = "[← The library";

  @Test
  void everySettingIsOnThePageAsTheCodeHasIt() throws IOException {
    SettingsPage page = new SettingsPage();
    String tables =
        page.table("FtpClient", FtpClient.create("files.example").settings())
            + page.table("FtpServer", FtpServer.create().settings())
            + page.table("SftpClient", SftpClient.create("files.example").settings())
            + page.table("SftpServer", SftpServer.create().settings())
            + page.table("SshClient", SshClient.create("files.example").settings())
            + page.table("SshServer", SshServer.create().settings())
            + page.table("ClientSettings", ClientSettings.DEFAULT)
            + page.table("PoolOptions", PoolOptions.most(4))
            + page.table("BlockingOptions", BlockingOptions.DEFAULT)
            + page.table("Inbox", Inbox.of(FILES, RemotePath.of("/in"), "name"));
    String text = Files.readString(PAGE);
    if (Boolean.getBoolean("walkthroughs.write")) {
      text = before(text) + tables + text.substring(text.indexOf(LAST));
      Files.writeString(PAGE, text);
    }

    assertThat(text.substring(text.indexOf(FIRST), text.indexOf(LAST))).isEqualTo(tables);
    assertThat(tables.lines().filter(row -> row.endsWith("|  |")))
        .as("without a meaning")
        .isEmpty();
  }

  private static String before(String text) {
    return text.substring(0, text.indexOf(FIRST));
  }
}
