package dev.sluice.cli.help;

import java.util.List;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What lets a shell complete commands and options. */
public enum Completion {
  BASH,
  ZSH,
  FISH;

  /** The script for the command line. */
  public String script(CommandSpec root) {
    return switch (this) {
      case BASH -> AutoComplete.bash(root.name(), root.commandLine());
      case ZSH -> zsh(root);
      case FISH -> fish(root);
    };
  }

  /** As an autoloaded function, and when it is sourced. */
  private static String zsh(CommandSpec root) {
    String name = root.name();
    StringBuilder script = new StringBuilder("#compdef " + name + "\n\n_" + name + "() {\n");
    script.append("  local -a commands\n  commands=(\n");
    for (CommandSpec command : ManPage.shown(root)) {
      script.append("    ").append(quoted(command.name() + ":" + text(command))).append('\n');
    }
    script.append("  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n");
    script.append("    return\n  fi\n  local command=$words[2]\n  shift words\n");
    script.append("  (( CURRENT-- ))\n  case $command in\n");
    for (CommandSpec command : ManPage.shown(root)) {
      script.append("    ").append(command.name()).append(")\n      _arguments \\\n");
      command.options().forEach(option -> script.append(zsh(option)));
      script.append("        '*:place:_files'\n      ;;\n");
    }
    script.append("  esac\n}\n\nif [[ $funcstack[1] == _" + name + " ]]; then\n  _" + name);
    script.append(" \"$@\"\nelse\n  compdef _" + name + " " + name + "\nfi\n");
    return script.toString();
  }

  private static String zsh(OptionSpec option) {
    String what = String.join(" ", option.description()).replaceAll("([\\[\\]:])", "\\\\$1");
    String value = option.arity().max() > 0 ? ":value:_files" : "";
    return List.of(option.names()).stream()
        .map(each -> "        " + quoted("*" + each + "[" + what + "]" + value) + " \\\n")
        .collect(Collectors.joining());
  }

  private static String text(CommandSpec command) {
    return String.join(" ", command.usageMessage().description());
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
                  .append(fishQuoted(each.usageMessage().description()))
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
                    .append(fishQuoted(option.description()))
                    .append('\n');
              }
            });
    return script.toString();
  }

  private static String word(String option) {
    return option.startsWith("--") ? " -l " + option.substring(2) : " -s " + option.substring(1);
  }

  private static String fishQuoted(String... lines) {
    String text = String.join(" ", lines).replace("\\", "\\\\").replace("'", "\\'");
    return "'" + text + "'";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
