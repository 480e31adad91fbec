package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
      assertThat(page).contains(".SS \"" + command.getCommandName() + "\"");
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

  private static String page() {
    StringWriter out = new StringWriter();
    assertThat(commandLine(out).execute("man")).isZero();
    return out.toString();
  }

  private static CommandLine commandLine(StringWriter out) {
    return Main.commandLine(new PrintWriter(out), new PrintWriter(new StringWriter()));
  }
}
