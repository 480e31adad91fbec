package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The manual page that {@code sluice man} prints. */
final class ManPageTest {
  private static final Path GROFF = Path.of("/usr/bin/groff");

  @TempDir Path directory;

  @Test
  void itHasEveryCommandAndEveryOption() {
    String page = page();

    assertThat(page).startsWith(".TH SLUICE 1 ").contains(".SH EXIT STATUS");
    for (CommandLine command : commandLine(new StringWriter()).getSubcommands().values()) {
      assertThat(page).contains(".SS \"" + command.getCommandName().replace("-", "\\-") + "\"");
      command.getCommandSpec().options().stream()
          .filter(option -> !option.hidden())
          .flatMap(option -> Arrays.stream(option.names()))
          .forEach(name -> assertThat(page).contains("\\fB" + name.replace("-", "\\-") + "\\fR"));
    }
  }

  @Test
  void noLineOfTextIsTakenForARequest() {
    assertThat(page().lines().filter(line -> line.startsWith(".") || line.startsWith("'")))
        .allMatch(line -> line.matches("\\.(TH|nh|SH|SS|PP|TP|B|I)( .*)?"));
  }

  @Test
  void theFormatterHasNothingToSayAgainstIt() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(GROFF), "PEER MISSING: groff");
    Path source = Files.writeString(directory.resolve("sluice.1"), page());
    Path errors = directory.resolve("errors");
    Path shown = directory.resolve("shown");
    Process groff =
        new ProcessBuilder(GROFF.toString(), "-man", "-Tascii", "-ww", source.toString())
            .redirectError(errors.toFile())
            .redirectOutput(shown.toFile())
            .start();

    assertThat(groff.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(groff.exitValue()).isZero();
    assertThat(errors).isEmptyFile();
    assertThat(Files.readString(shown, StandardCharsets.US_ASCII)).contains("Serves a directory.");
  }

  @Test
  void everyCommandHasAPageAndEveryShellItsCompletionBelowThePrefix() throws Exception {
    StringWriter out = new StringWriter();

    assertThat(commandLine(out).execute("install-extras", "--prefix", directory + "/p")).isZero();

    Path share = directory.resolve("p/share");
    assertThat(out.toString().lines()).allMatch(line -> Files.exists(Path.of(line)));
    assertThat(share.resolve("bash-completion/completions/sluice"))
        .content()
        .contains("_complete_sluice");
    assertThat(share.resolve("fish/vendor_completions.d/sluice.fish"))
        .content()
        .contains("-a sync");
    assertThat(share.resolve("zsh/site-functions/_sluice"))
        .content()
        .startsWith("#compdef sluice\n")
        .contains("'sync:Makes the directory TARGET like SOURCE", "'*--json[");
    List<String> pages = new ArrayList<>(List.of(share + "/man/man1/sluice.1"));
    for (String name : commandLine(new StringWriter()).getSubcommands().keySet()) {
      pages.add(share + "/man/man1/sluice-" + name + ".1");
    }
    assertThat(share.resolve("man/man1/sluice.1")).content().contains(".BR sluice\\-sync (1)");
    assertThat(share.resolve("man/man1/sluice-sync.1"))
        .content()
        .contains(".SH EXAMPLES", "\\fB\\-\\-delete\\fR", ".BR sluice (1)");
    for (String page : pages) {
      assertThat(Path.of(page)).exists();
    }
    assumeTrue(Files.isExecutable(GROFF), "PEER MISSING: groff");
    formatted(pages);
  }

  /** All in one process, as it takes them one after the other. */
  private void formatted(List<String> pages) throws Exception {
    Path errors = directory.resolve("errors");
    List<String> command = new ArrayList<>(List.of(GROFF.toString(), "-man", "-Tascii", "-ww"));
    command.addAll(pages);
    Process groff =
        new ProcessBuilder(command)
            .redirectError(errors.toFile())
            .redirectOutput(directory.resolve("shown").toFile())
            .start();
    assertThat(groff.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(groff.exitValue()).isZero();
    assertThat(errors).isEmptyFile();
  }

  private static String page() {
    StringWriter out = new StringWriter();
    assertThat(commandLine(out).execute("man")).isZero();
    return out.toString();
  }

  private static CommandLine commandLine(StringWriter out) {
    return Main.commandLine(new PrintWriter(out), new PrintWriter(new StringWriter()));
  }
}
