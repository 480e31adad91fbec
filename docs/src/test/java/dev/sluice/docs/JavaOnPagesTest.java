package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages show is what was compiled. */
final class JavaOnPagesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path EXAMPLES = Path.of("examples/src/main/java");
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");

  @Test
  void everyBlockOfJavaIsPartOfAnExample() throws IOException {
    String sources = sources();

    assertThat(blocks())
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(block -> assertThat(sources).contains(unindented(block)));
  }

  private static List<String> blocks() throws IOException {
    List<String> blocks = new ArrayList<>();
    for (Path page : pages()) {
      JAVA.matcher(Files.readString(page)).results().forEach(found -> blocks.add(found.group(1)));
    }
    return blocks;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      Stream<Path> docs = files.filter(file -> file.toString().endsWith(".md"));
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs).toList();
    }
  }

  private static String sources() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(name -> name.toString().endsWith(".java")).toList()) {
        all.append(unindented(Files.readString(file)));
      }
      return all.toString();
    }
  }

  private static String unindented(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
  }
}
