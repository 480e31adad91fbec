package dev.sluice.cli.command;

import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.output.Paint;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.status.ExitStatus;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Failures of commands as a message, an event and a status. */
public final class Faults {
  private Faults() {}

  /** The same command line, whose failures are reported. */
  public static CommandLine reported(CommandLine line) {
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (wrong, given) -> {
              String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
              line.getErr()
                  .println(
                      Paint.of(Paint.When.AUTO, Terminal.ERROR)
                          .failure(
                              "sluice: "
                                  + ExitStatus.explain(wrong)
                                  + " (see: "
                                  + command
                                  + " --help)"));
              return ExitStatus.USAGE;
            })
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              int status = ExitStatus.of(failure);
              if (status != ExitStatus.CLOSED_PIPE) {
                String message = ExitStatus.explain(failure);
                line.getErr().println(paint(parsed).failure("sluice: " + message));
                event(parsed, line, status, message);
              }
              return status;
            });
  }

  private static Paint paint(ParseResult parsed) {
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    return Paint.of(command.matchedOptionValue("--color", Paint.When.AUTO), Terminal.ERROR);
  }

  /** A script that reads events has the failure as the last one; {@code ls} prints an array. */
  private static void event(ParseResult parsed, CommandLine line, int status, String message) {
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    boolean list = command.commandSpec().userObject() instanceof ListCommand;
    if (command.hasMatchedOption("--json") && !list) {
      new Report(line.getOut(), true)
          .event(Event.ERROR, Fields.of("status", status).and("message", message));
    }
  }
}
