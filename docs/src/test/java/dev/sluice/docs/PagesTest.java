package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every page of the repository leads somewhere, and all of docs can be read from front to back. */
final class PagesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$|`[^`\n]*`");
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:|mailto:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");
  private static final Pattern ENTRY = Pattern.compile("(?m)^\\d+\\. \\[[^\\]]*\\]\\(([^)]*)\\)");

  /** Measured, and written by the program that measures. */
  private static final String RESULTS = "RESULTS.md"; // written by the benchmarks

  /** A link as it stands on a page. */
  private record Link(Path page, Path target, String anchor) {
    boolean leadsSomewhere() {
      return Files.exists(target) && (anchor.isEmpty() || anchors(target).contains(anchor));
    }
  }

  @Test
  void everyLinkAndAnchorOfEveryPageLeadsSomewhere() {
    List<Link> links = pages(ROOT).flatMap(page -> links(page).stream()).toList();

    assertThat(links).hasSizeGreaterThan(100);
    assertThat(links.stream().filter(link -> !link.leadsSomewhere())).isEmpty();
  }

  @Test
  void everyPageOfTheContentsLeadsToTheOneBeforeAndTheOneBehind() {
    List<Path> order = order();

    assertThat(order).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    for (int i = 0; i < order.size(); i++) {
      List<Path> around = new ArrayList<>(order.subList(Math.max(0, i - 1), i));
      around.addAll(order.subList(i + 1, Math.min(i + 2, order.size())));
      assertThat(targets(order.get(i))).as("%s", order.get(i)).containsAll(around);
    }
  }

  @Test
  void everyPageOfDocsIsInTheContents() {
    Set<Path> reached =
        Stream.of(DOCS.resolve("README.md"), DOCS.resolve("decisions/README.md"))
            .flatMap(page -> Stream.concat(Stream.of(page), targets(page).stream()))
            .collect(Collectors.toSet());
    List<Path> all = pages(DOCS).filter(page -> !page.endsWith(RESULTS)).toList();

    assertThat(reached).containsAll(all);
  }

  private static List<Path> order() {
    List<Path> order = new ArrayList<>(entries(DOCS.resolve("README.md")));
    order.addAll(entries(DOCS.resolve("decisions/README.md")));
    return order;
  }

  private static List<Path> entries(Path page) {
    return ENTRY
        .matcher(read(page))
        .results()
        .map((MatchResult found) -> page.resolveSibling(found.group(1)).normalize())
        .toList();
  }

  private static List<Path> targets(Path page) {
    return links(page).stream().map(Link::target).toList();
  }

  private static List<Link> links(Path page) {
    return LINK.matcher(CODE.matcher(read(page)).replaceAll(""))
        .results()
        .map(
            (MatchResult found) -> {
              String path = found.group(1);
              Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
              return new Link(page, target, found.group(2) == null ? "" : found.group(2));
            })
        .toList();
  }

  /** What headings are called in links: GitHub's rule. */
  private static Set<String> anchors(Path page) {
    Map<String, Integer> seen = new HashMap<>();
    return HEADING
        .matcher(CODE.matcher(read(page)).replaceAll(found -> plain(found.group())))
        .results()
        .map((MatchResult found) -> slug(found.group(1)))
        .map(
            slug -> {
              int before = seen.merge(slug, 1, Integer::sum) - 1;
              return before == 0 ? slug : slug + "-" + before;
            })
        .collect(Collectors.toSet());
  }

  /** Code between backquotes counts in a heading, what is between fences does not. */
  private static String plain(String code) {
    return code.contains("\n") ? "" : code.replaceAll("[`\\\\$]", "");
  }

  private static String slug(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static Stream<Path> pages(Path directory) {
    List<Path> pages = new ArrayList<>();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
              String name = String.valueOf(visited.getFileName());
              return name.equals("target") || name.startsWith(".")
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().endsWith(".md")) {
                pages.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pages.stream();
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
