package dev.sluice.storage.local;

import static dev.sluice.storage.local.LocalFixture.PATIENCE;
import static dev.sluice.storage.local.LocalFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileError;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.test.SmallDisk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** What happens on a file system of one MiB; where none can be mounted it is said out loud. */
final class DiskFullTest {
  @TempDir Path root;
  private @Nullable SmallDisk disk;

  @BeforeEach
  void mount() {
    disk = SmallDisk.mount(root, 1).orElse(null);
    if (disk == null) {
      System.err.println(
          "NOT TESTED (1): DiskFullTest needs the right to mount a tmpfs; run it as root");
    }
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void aDiskThatIsFullLeavesTheOldFileAndNothingElse() throws IOException {
    LocalFixture files = LocalFixture.at(root);
    files.put("/file", "old");
    int mib = disk == null ? 0 : 2;

    if (disk != null) {
      assertRefused(
          FileError.NO_SPACE,
          files.session().write(RemotePath.of("/file"), WriteMode.replace(), mebibytes(mib)));
    }

    assertThat(files.read("/file")).isEqualTo("old");
    try (Stream<Path> entries = Files.list(root)) {
      assertThat(entries).containsExactly(root.resolve("file"));
    }
    files.session().close().block(PATIENCE);
  }

  @Test
  void aFileSystemMountedBelowTheRootTakesDirectoriesAndLinks() {
    LocalFixture files = LocalFixture.at(root.getParent());
    String below = "/" + root.getFileName();

    files.session().createDirectory(RemotePath.of(below + "/directory")).block(PATIENCE);
    files.put(below + "/directory/file", "content");
    files
        .session()
        .createSymbolicLink(RemotePath.of(below + "/link"), "directory/file")
        .block(PATIENCE);
    files
        .session()
        .createHardLink(RemotePath.of(below + "/hard"), RemotePath.of(below + "/link"))
        .block(PATIENCE);

    assertThat(files.read(below + "/hard")).isEqualTo("content");
    files.session().close().block(PATIENCE);
  }

  private static Flux<ByteBuf> mebibytes(int count) {
    return Flux.range(0, count * 16)
        .map(i -> ByteBufAllocator.DEFAULT.buffer(65_536).writeZero(65_536));
  }
}
