package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A process reads the options of the command that it runs, and of no other. */
final class MainTest {
  @Test
  void theCommandThatIsNamedIsTheOnlyOneThatIsRead() {
    CommandLine all =
        Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));

    all.getSubcommands()
        .forEach(
            (name, command) -> {
              if (!List.of("completion", "man", "install-extras").contains(name)) {
                assertThat(Main.needed(name, "--help"))
                    .singleElement()
                    .satisfies(
                        type ->
                            assertThat(type.getAnnotation(Command.class).name()).isEqualTo(name));
              }
            });
    for (String shown : List.of("", "--help", "man", "completion", "install-extras", "lss")) {
      assertThat(Main.needed(shown)).as(shown).hasSameSizeAs(all.getSubcommands().keySet());
    }
  }
}
