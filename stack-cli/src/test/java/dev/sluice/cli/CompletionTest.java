package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What shells read to complete command lines. */
final class CompletionTest {
  @TempDir Path directory;

  @Test
  void fishLearnsEveryCommandAndEveryOption() {
    String script = script("fish");

    commandLine(new StringWriter())
        .getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(script).contains(" -f -a " + name + " -d '");
              command
                  .getCommandSpec()
                  .options()
                  .forEach(
                      option ->
                          assertThat(script)
                              .contains(
                                  option.longestName().startsWith("--")
                                      ? " -l " + option.longestName().substring(2)
                                      : " -s " + option.longestName().substring(1)));
            });
  }

  @Test
  void bashOffersTheCommandsThatBeginWithWhatIsTyped() throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "PEER MISSING: bash");
    Path script = Files.writeString(directory.resolve("sluice.bash"), script("bash"));
    Path out = directory.resolve("out");
    Process shell =
        new ProcessBuilder(
                bash.toString(),
                "-c",
                "source "
                    + script
                    + "; COMP_WORDS=(sluice ver); COMP_CWORD=1; COMP_LINE='sluice ver';"
                    + " _complete_sluice; echo \"${COMPREPLY[@]}\"")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();

    assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(out).strip()).isEqualTo("verify");
  }

  private static String script(String shell) {
    StringWriter out = new StringWriter();
    assertThat(commandLine(out).execute("completion", shell)).isZero();
    return out.toString();
  }

  private static CommandLine commandLine(StringWriter out) {
    return Main.commandLine(new PrintWriter(out), new PrintWriter(new StringWriter()));
  }
}
