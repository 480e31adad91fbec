package dev.sluice.sftp.both;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.StorageUnavailable;
import dev.sluice.sftp.SftpSession;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** Files that are out of reach for a while. */
final class VanishedStorageIT {
  private static final RemotePath FILE = RemotePath.root().child("file");

  @TempDir private Path base;

  @Test
  void sessionsEndWithAWordAndTheServiceIsNotWellUntilTheFilesAreBack() throws Exception {
    Path root = Files.createDirectory(base.resolve("root"));
    Path elsewhere = base.resolve("elsewhere");
    Files.writeString(root.resolve("file"), "x");
    try (BothEnds ends = BothEnds.serving(LocalStorage.at(root));
        LogLines log = new LogLines()) {
      ends.running().healthy().block(BothEnds.WAIT);
      SftpSession session = ends.session();
      Files.move(root, elsewhere);

      Flux.range(0, 50)
          .flatMap(i -> session.stat(FILE).onErrorComplete(), 50)
          .then()
          .block(BothEnds.WAIT);
      assertThatThrownBy(() -> session.onClosed().then(session.stat(FILE)).block(BothEnds.WAIT))
          .isInstanceOf(SessionClosed.class)
          .hasMessageContaining("the files cannot be reached now");
      assertThatThrownBy(() -> ends.session().stat(FILE).block(BothEnds.WAIT))
          .hasStackTraceContaining("the files cannot be reached now");
      assertThatThrownBy(() -> ends.running().healthy().block(BothEnds.WAIT))
          .isInstanceOf(StorageUnavailable.class);

      Files.move(elsewhere, root);
      ends.running().healthy().block(BothEnds.WAIT);
      SftpSession again = ends.session();
      assertThat(again.stat(FILE).block(BothEnds.WAIT).size()).isEqualTo(1);
      again.close().block(BothEnds.WAIT);
      assertThat(log.lines().stream().filter(line -> line.contains("cannot be reached")))
          .hasSize(2)
          .allMatch(line -> line.contains(root.toString()) && !line.matches(".*\\bann\\b.*"));
      assertThat(log.lines()).noneMatch(line -> line.startsWith("\tat "));
    }
  }
}
