package dev.sluice.sftp.both;

import static dev.sluice.sftp.both.BothEnds.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.Transfers;
import dev.sluice.sftp.SftpSession;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tree of many small files goes up and comes down again. The system property {@code
 * sluice.small.files} says how many: 100000 for the whole of it, fewer by default, which is told.
 */
final class SmallFilesIT {
  private static final int WHOLE = 100_000;
  private static final int FILES = Integer.getInteger("sluice.small.files", 10_000);
  private static final int IN_ONE_DIRECTORY = 100;
  private static final int SAMPLE = 97;
  private static final int AT_ONCE = 16;
  private static final long MOST_HEAP = 256L << 20;
  private static final RemotePath ROOT = RemotePath.root();

  @TempDir private Path base;

  @Test
  @Timeout(900)
  @Conforms({"SFTP-064", "SFTP-066", "SFTP-070"})
  void aTreeGoesUpAndComesDownAgain() throws IOException {
    if (FILES < WHOLE) {
      System.err.printf(
          "SMALL FILES: %d of %d; -Dsluice.small.files=%d for all%n", FILES, WHOLE, WHOLE);
    }
    Path source = Files.createDirectory(base.resolve("source"));
    Path served = Files.createDirectory(base.resolve("served"));
    Path back = Files.createDirectory(base.resolve("back"));
    make(source);
    try (BothEnds ends = BothEnds.serving(LocalStorage.at(served))) {
      SftpSession session = ends.session();

      mirror("up", disk(source), session);
      mirror("down", session, disk(back));

      session.close().block(WAIT);
    }
    compare(source, back);
  }

  private static void make(Path root) throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path directory = root.resolve("d" + i / IN_ONE_DIRECTORY);
      if (i % IN_ONE_DIRECTORY == 0) {
        Files.createDirectory(directory);
      }
      Files.writeString(directory.resolve("f" + i), content(i), StandardCharsets.US_ASCII);
    }
  }

  private static String content(int i) {
    return ("file " + i + "\n").repeat(i % 20);
  }

  private static void mirror(String way, FileOperations from, FileOperations to) {
    resetPeaks();
    long start = System.nanoTime();

    Long moved =
        Transfers.mirror(from, ROOT, to, ROOT, Mirror.oneWay().parallel(AT_ONCE))
            .filter(TransferEvent.FileDone.class::isInstance)
            .count()
            .block(Duration.ofMinutes(10));

    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%d small files %s: %.1f s, %.0f a second, %d MiB of heap lived on%n",
        FILES, way, seconds, FILES / seconds, lived() >> 20);
    assertThat(moved).isEqualTo(FILES);
    assertThat(lived()).isLessThan(MOST_HEAP);
  }

  /** Octets that were still there behind the last collection of each pool. */
  private static long lived() {
    return heapPools()
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(Objects::nonNull)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static void resetPeaks() {
    System.gc();
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static Stream<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private static void compare(Path source, Path back) throws IOException {
    try (Stream<Path> all = Files.walk(back)) {
      assertThat(all.filter(Files::isRegularFile).count()).isEqualTo(FILES);
    }
    for (int i = 0; i < FILES; i += SAMPLE) {
      String name = "d" + i / IN_ONE_DIRECTORY + "/f" + i;
      assertThat(back.resolve(name)).hasContent(content(i));
      assertThat(Files.getLastModifiedTime(back.resolve(name)).toInstant().getEpochSecond())
          .isEqualTo(Files.getLastModifiedTime(source.resolve(name)).toInstant().getEpochSecond());
    }
  }

  private static StorageSession disk(Path root) {
    return Objects.requireNonNull(LocalStorage.at(root).open(Identity.of("ann")).block(WAIT));
  }
}
