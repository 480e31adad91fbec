package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What ages badly is the one class that everything must pass through: it grows. */
final class SourceFilesTest {
  private static final int MAX_LINES = 400;

  @Test
  void noSourceFileOutgrowsItsLimit() throws IOException {
    assertThat(all())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(lines(file)).isLessThanOrEqualTo(MAX_LINES));
  }

  /** The sources of every module, without tests. */
  static List<Path> all() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      return modules.flatMap(SourceFilesTest::sources).toList();
    }
  }

  private static Stream<Path> sources(Path module) {
    Path root = module.resolve("src/main/java");
    if (!Files.isDirectory(root)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
