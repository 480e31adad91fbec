package dev.sluice.cli.place;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.StorageSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of this machine, as the command speaks of them. */
final class NamedLocalTest {
  private static final Duration WAIT = Duration.ofSeconds(30);

  @Test
  void aDirectoryThatGoesAwayIsLocalAndNoSessionThatHasEnded(@TempDir Path base) throws Exception {
    Path directory = Files.createDirectory(base.toRealPath().resolve("stick"));
    LocalPlace place = new LocalPlace(directory, RemotePath.root().child("file"));
    StorageSession session = place.open().block(WAIT);
    Files.delete(directory);

    assertThatThrownBy(() -> session.stat(place.path()).block(WAIT))
        .isInstanceOf(FileFailure.class)
        .hasMessageContaining(directory + ": no such file or directory on this machine");
    assertThatThrownBy(() -> place.open().block(WAIT))
        .isInstanceOf(FileFailure.class)
        .hasMessageContaining(directory.toString());
  }
}
