package dev.sluice.cli.command;

import dev.sluice.cli.status.ExitStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
  /** Shells; that for zsh is the one for bash, which loads what it needs. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell = Shell.BASH;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    spec.commandLine()
        .getOut()
        .print(
            shell == Shell.FISH ? fish(root) : AutoComplete.bash(root.name(), root.commandLine()));
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }

  private static String fish(CommandSpec root) {
    StringBuilder script = new StringBuilder();
    String start = "complete -c " + root.name();
    root.subcommands()
        .forEach(
            (name, command) -> {
              CommandSpec each = command.getCommandSpec();
              script
                  .append(start)
                  .append(" -n __fish_use_subcommand -f -a ")
                  .append(name)
                  .append(" -d ")
                  .append(quoted(each.usageMessage().description()))
                  .append('\n');
              for (OptionSpec option : each.options()) {
                script
                    .append(start)
                    .append(" -n '__fish_seen_subcommand_from ")
                    .append(name)
                    .append('\'');
                List.of(option.names()).forEach(word -> script.append(word(word)));
                script
                    .append(option.arity().max() > 0 ? " -r" : "")
                    .append(" -d ")
                    .append(quoted(option.description()))
                    .append('\n');
              }
            });
    return script.toString();
  }

  private static String word(String option) {
    return option.startsWith("--") ? " -l " + option.substring(2) : " -s " + option.substring(1);
  }

  private static String quoted(String... lines) {
    String text = String.join(" ", lines).replace("\\", "\\\\").replace("'", "\\'");
    return "'" + text + "'";
  }
}
