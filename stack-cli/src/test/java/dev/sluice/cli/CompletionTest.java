package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.peer.Peers;
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
    String offered =
        offered(
            "bash",
            "source %s; COMP_WORDS=(sluice ver); COMP_CWORD=1; COMP_LINE='sluice ver';"
                + " _complete_sluice; echo \"${COMPREPLY[@]}\"");

    assertThat(offered).isEqualTo("verify");
  }

  @Test
  void fishOffersCommandsAndTheirOptions() throws Exception {
    assertThat(offered("fish", "source %s; complete -C 'sluice ver'")).startsWith("verify\t");
    assertThat(offered("fish", "source %s; complete -C 'sluice sync --segm'"))
        .startsWith("--segments");
  }

  /**
   * What a shell offers.
   *
   * @param commands {@code %s} stands for the file of its completion
   */
  private String offered(String shell, String commands) throws Exception {
    Peers.require(shell);
    Path script = Files.writeString(directory.resolve("sluice." + shell), script(shell));
    Path out = directory.resolve("out");
    ProcessBuilder shellProcess =
        new ProcessBuilder(
                Peers.program(shell).toString(), "-c", commands.formatted(script.toString()))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    shellProcess.environment().put("HOME", directory.toString());
    Process started = shellProcess.start();

    assertThat(started.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return Files.readString(out).strip();
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
