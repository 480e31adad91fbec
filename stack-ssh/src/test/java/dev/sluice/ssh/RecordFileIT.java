package dev.sluice.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of records that another program writes to as well. */
final class RecordFileIT {
  @TempDir private Path directory;

  @Test
  void whileAnotherProgramHoldsTheFileNothingIsReadOrWritten() throws Exception {
    Path file = directory.resolve("known_hosts");
    Files.writeString(file, "ours\n");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo("held");
      CompletableFuture<List<String>> seen = new CompletableFuture<>();
      Thread writer = new Thread(() -> append(file, seen), "writer");
      writer.start();
      while (!waitsForTheLock(writer)) {
        assertThat(seen).isNotDone();
        Thread.onSpinWait();
      }

      other.getOutputStream().close(); // it writes its line and goes

      assertThat(seen.get(30, TimeUnit.SECONDS)).containsExactly("ours", "theirs");
      writer.join();
      assertThat(Files.readAllLines(file)).containsExactly("ours", "theirs", "new");
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  private static void append(Path file, CompletableFuture<List<String>> seen) {
    try {
      RecordFile.append(
          file,
          () -> {
            seen.complete(Files.readAllLines(file));
            return List.of("new");
          });
    } catch (IOException e) {
      seen.completeExceptionally(e);
    }
  }

  private static boolean waitsForTheLock(Thread writer) {
    return writer.getState() == Thread.State.TIMED_WAITING
        && Arrays.stream(writer.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(RecordFile.class.getName()));
  }
}
