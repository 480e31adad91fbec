package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code sluice} command. */
@Command(
    name = "sluice",
    description = "Moves files over FTP, and serves them.",
    mixinStandardHelpOptions = true,
    version = "sluice 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ServeCommand.class})
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its {@linkplain ExitStatus status}. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("sluice: " + ExitStatus.explain(failure));
              return ExitStatus.of(failure);
            });
  }
}
