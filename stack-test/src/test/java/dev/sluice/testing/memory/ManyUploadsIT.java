package dev.sluice.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.testing.TestServers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Uploads that begin at once share the memory of their process: together their files are three
 * times as large. {@code -Duploads=5000 -Duploads.memory=256m} is the promise of the guide.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
final class ManyUploadsIT {
  private static final int FILES = Integer.getInteger("uploads", 1500);
  private static final String MEMORY = System.getProperty("uploads.memory", "64m");
  private static final int OCTETS = 128 << 10;

  @TempDir Path directory;

  @Test
  void endWithinAHeapThatIsSmallerThanTheirFiles() throws Exception {
    Path here = Files.createDirectory(directory.resolve("here"));
    for (int number = 0; number < FILES; number++) {
      try (RandomAccessFile file =
          new RandomAccessFile(here.resolve("f" + number).toFile(), "rw")) {
        file.setLength(OCTETS);
      }
    }
    Path there = Files.createDirectory(directory.resolve("there"));
    try (TestServers servers =
        TestServers.create().directory(there).user("ann", ManyUploadsProgram.PASSWORD)) {
      var server = servers.sftp();
      var policy = (HostKeyPolicy.Pinned) server.client().settings().ssh().settings().hostKeys();

      Process client =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx" + MEMORY,
                  "-XX:MaxDirectMemorySize=" + MEMORY,
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  ManyUploadsProgram.class.getName(),
                  server.uri().toString(),
                  policy.fingerprints().iterator().next(),
                  here.toString(),
                  String.valueOf(FILES))
              .redirectError(directory.resolve("errors").toFile())
              .start();
      try {
        assertThat(
                new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    + Files.readString(directory.resolve("errors")))
            .contains(FILES + " uploads, 0 octets held");
      } finally {
        client.destroyForcibly();
      }
    }
    try (Stream<Path> all = Files.list(there)) {
      List<Long> sizes = all.map(ManyUploadsIT::size).toList();
      assertThat(sizes).hasSize(FILES).containsOnly((long) OCTETS);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return -1;
    }
  }
}
