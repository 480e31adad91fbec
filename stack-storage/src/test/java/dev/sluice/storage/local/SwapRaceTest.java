package dev.sluice.storage.local;

import static dev.sluice.storage.local.LocalFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory and a link out change places thousands of times while others walk through them. */
@Conforms("FTP-055")
final class SwapRaceTest {
  private static final int SWAPS = 10_000;

  /** Attempts that must go through between the swaps, for the test to mean something. */
  private static final int REACHED = 20;

  private static final int MOST_SWAPS = 1_000_000;

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final AtomicBoolean swapping = new AtomicBoolean(true);
  private final AtomicInteger reached = new AtomicInteger();
  private Path root;
  private Path outside;
  private LocalFixture files;
  private StorageSession session;

  @BeforeEach
  void layOut() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("file"), "secret of another length");
    Files.createDirectory(root.resolve("way"));
    Files.writeString(root.resolve("way/file"), "inside");
    Files.createSymbolicLink(root.resolve("link"), outside);
    session = LocalStorage.at(root).open(Identity.of("user")).block(PATIENCE);
    files = new LocalFixture(session);
  }

  @AfterEach
  void stop() throws InterruptedException {
    swapping.set(false);
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void noOctetFromOutsideIsRead() throws Exception {
    race(
        () -> {
          assertThat(files.read("/way/file")).isEqualTo("inside");
          return null;
        });
  }

  @Test
  void noOctetFromOutsideIsReadFurtherDown() throws Exception {
    Files.createDirectories(outside.resolve("below/deep"));
    Files.writeString(outside.resolve("below/deep/file"), "secret");
    Files.createDirectories(root.resolve("way/below/deep"));
    Files.writeString(root.resolve("way/below/deep/file"), "inside");

    race(
        () -> {
          assertThat(files.read("/way/below/deep/file")).isEqualTo("inside");
          return null;
        });
  }

  @Test
  void noAttributeOfAFileOutsideIsTold() throws Exception {
    race(
        () -> {
          FileEntry entry = session.stat(RemotePath.of("/way/file")).block(PATIENCE);
          assertThat(entry.size()).isEqualTo("inside".length());
          List<FileEntry> entries =
              session.list(RemotePath.of("/way")).collectList().block(PATIENCE);
          assertThat(entries).allMatch(listed -> listed.size() == "inside".length());
          return null;
        });
  }

  @Test
  void nothingIsWrittenOutside() throws Exception {
    AtomicInteger number = new AtomicInteger();
    race(
        () -> {
          String name = "/way/new" + number.incrementAndGet() % 10;
          files.write(name, WriteMode.replace(), "x").block(PATIENCE);
          return null;
        });
    assertUntouched();
  }

  @Test
  void nothingIsMadeOrDeletedOutside() throws Exception {
    AtomicInteger number = new AtomicInteger();
    race(
        () -> {
          RemotePath path = RemotePath.of("/way/d" + number.incrementAndGet() % 10);
          session.createDirectory(path).onErrorComplete().block(PATIENCE);
          session.deleteDirectory(path).block(PATIENCE);
          session.deleteFile(RemotePath.of("/way/file")).onErrorComplete().block(PATIENCE);
          return null;
        });
    assertUntouched();
  }

  @Test
  void noFileOutsideIsLinkedIn() throws Exception {
    race(
        () -> {
          RemotePath link = RemotePath.of("/stolen");
          session.deleteFile(link).onErrorComplete().block(PATIENCE);
          session.createHardLink(link, RemotePath.of("/way/file")).block(PATIENCE);
          String content = files.read("/stolen");
          session.deleteFile(link).block(PATIENCE);
          assertThat(content).isEqualTo("inside");
          return null;
        });
    assertUntouched();
  }

  /** Runs {@code attempt}, which a swap may refuse but not lead astray, until the swaps end. */
  private void race(Callable<Void> attempt) throws Exception {
    Future<?> swaps = threads.submit(this::swap);
    Future<?> attempts =
        threads.submit(
            () -> {
              while (swapping.get()) {
                try {
                  attempt.call();
                  reached.incrementAndGet();
                } catch (FileFailure refused) {
                  assertThat(refused.getMessage()).doesNotContain(directory.toString());
                }
              }
              return null;
            });
    swaps.get(120, TimeUnit.SECONDS);
    attempts.get(60, TimeUnit.SECONDS);
    assertThat(reached.get()).as("attempts that went through").isGreaterThanOrEqualTo(REACHED);
  }

  private Void swap() {
    Path way = root.resolve("way");
    Path link = root.resolve("link");
    Path aside = root.resolve("aside");
    try {
      for (int i = 0; i < SWAPS || (reached.get() < REACHED && i < MOST_SWAPS); i++) {
        Files.move(way, aside, StandardCopyOption.ATOMIC_MOVE);
        Files.move(link, way, StandardCopyOption.ATOMIC_MOVE);
        Files.move(way, link, StandardCopyOption.ATOMIC_MOVE);
        Files.move(aside, way, StandardCopyOption.ATOMIC_MOVE);
      }
      return null;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      swapping.set(false);
    }
  }

  private void assertUntouched() throws IOException {
    try (Stream<Path> entries = Files.list(outside)) {
      assertThat(entries).containsExactly(outside.resolve("file"));
    }
    assertThat(Files.readString(outside.resolve("file"))).isEqualTo("secret of another length");
  }
}
