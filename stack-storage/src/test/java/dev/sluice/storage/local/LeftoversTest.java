package dev.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary files that a killed process leaves, and those that are in use. */
final class LeftoversTest {
  private static final Duration WAIT = Duration.ofSeconds(30);

  @TempDir private Path root;

  @Test
  void whatNobodyHoldsIsRemovedAndWhatIsWrittenStays() throws IOException {
    Path killed = Files.createDirectories(root.resolve("a/b")).resolve(TemporaryNames.next());
    Files.writeString(killed, "half");
    age(killed, Duration.ofMinutes(1));
    Path users = Files.writeString(root.resolve("mine.part"), "not ours");
    age(users, Duration.ofDays(9));
    StorageSession session = LocalStorage.at(root).open(Identity.of("ann")).block(WAIT);
    FileHandle writing =
        session.open(RemotePath.of("/new"), OpenMode.write(WriteMode.createNew())).block(WAIT);
    try (var names = Files.list(root)) {
      Path active =
          names
              .filter(it -> it.toString().endsWith(".part") && !it.equals(users))
              .findFirst()
              .orElseThrow();
      age(active, Duration.ofMinutes(1));
    }

    assertThat(LocalStorage.removeLeftovers(root).block(WAIT)).isEqualTo(1);
    assertThat(LocalStorage.removeLeftovers(root).block(WAIT)).isZero();

    assertThat(killed).doesNotExist();
    assertThat(users).exists();
    writing.commit().block(WAIT);
    writing.close().block(WAIT);
    assertThat(root.resolve("new")).exists();
    session.close().block(WAIT);
  }

  @Test
  void aDirectoryKeepsItsTimeSinceNobodyHasSeenTheFile() throws IOException {
    Path directory = Files.createDirectories(root.resolve("a"));
    Path killed = Files.writeString(directory.resolve(TemporaryNames.next()), "half");
    age(killed, Duration.ofMinutes(1));
    age(directory, Duration.ofDays(300));
    FileTime before = Files.getLastModifiedTime(directory);

    assertThat(LocalStorage.removeLeftovers(root).block(WAIT)).isEqualTo(1);

    assertThat(Files.getLastModifiedTime(directory)).isEqualTo(before);
  }

  private static void age(Path file, Duration by) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(by)));
  }
}
