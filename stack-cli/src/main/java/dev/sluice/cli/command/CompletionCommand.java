package dev.sluice.cli.command;

import dev.sluice.cli.help.Completion;
import dev.sluice.cli.status.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice completion}: lets a shell complete commands and options. */
@Command(
    name = "completion",
    description = "Prints what lets a shell complete commands and options.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice completion bash > ~/.local/share/bash-completion/completions/sluice",
      "  sluice completion fish > ~/.config/fish/completions/sluice.fish"
    })
public final class CompletionCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Completion shell = Completion.BASH;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(shell.script(spec.root()));
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }
}
