package dev.sluice.docs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The walk-throughs say what a session of today does. With {@code -Dwalkthroughs.write=true}, which
 * {@code docs/protocols/generate} gives, the pages are written instead of compared.
 */
final class WalkthroughTest {
  private static final Path PAGES = Path.of("protocols");

  static Stream<Arguments> pages() {
    return Stream.of(
        page("ftp", () -> new FtpWalk().record()),
        page("ftps", () -> new FtpsWalk().record()),
        page("ssh", () -> new SshWalk().record()),
        page("sftp", () -> new SftpWalk().record()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void everySectionOfAPageIsAStepOfARunAndTheOtherWayRound(String name, Supplier<List<Step>> run)
      throws IOException {
    List<Step> steps = run.get();
    String page = Page.of(CommandNotes.text(name + ".template"), steps);
    Path file = PAGES.resolve(name + ".md");
    if (Boolean.getBoolean("walkthroughs.write")) {
      Files.writeString(file, page);
    }

    assertThat(Page.sections(Files.readString(file))).isEqualTo(Page.sections(page));
  }

  private static Arguments page(String name, Supplier<List<Step>> run) {
    return Arguments.of(name, run);
  }
}
