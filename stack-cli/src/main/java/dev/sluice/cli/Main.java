package dev.sluice.cli;

import dev.sluice.tls.AesGcmProvider;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The {@code sluice} command. */
@Command(
    name = "sluice",
    description = "Moves and serves files over FTP, FTPS and SFTP.",
    mixinStandardHelpOptions = true,
    version = "sluice 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 done, 1 failed, 2 wrong usage, 3 cannot connect, 4 login refused,",
      "5 not found or not permitted, 6 part of a listing was not understood, 7 cut on the way or",
      "busy: the same again may succeed, 130 ended by Ctrl-C, 141 the reader of the output has gone."
    },
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      ListCommand.class,
      TreeCommand.class,
      StatCommand.class,
      CatCommand.class,
      HeadCommand.class,
      DiskUsageCommand.class,
      DiskFreeCommand.class,
      SumCommand.class,
      FindCommand.class,
      GetCommand.class,
      PutCommand.class,
      CopyCommand.class,
      SyncCommand.class,
      VerifyCommand.class,
      RemoveCommand.class,
      MakeDirectoryCommand.class,
      MoveCommand.class,
      CleanCommand.class,
      BookmarkCommand.class,
      PingCommand.class,
      CompletionCommand.class,
      ManCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its {@linkplain ExitStatus status}. */
  public static void main(String[] args) {
    AesGcmProvider.install();
    int status = commandLine(writer(FileDescriptor.out), writer(FileDescriptor.err)).execute(args);
    System.exit(status);
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(
            (wrong, given) -> {
              String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
              err.println(
                  "sluice: " + ExitStatus.explain(wrong) + " (see: " + command + " --help)");
              return ExitStatus.USAGE;
            })
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              int status = ExitStatus.of(failure);
              if (status != ExitStatus.CLOSED_PIPE) {
                String message = ExitStatus.explain(failure);
                err.println("sluice: " + message);
                event(parsed, out, status, message);
              }
              return status;
            });
  }

  /** A script that reads events has the failure as the last one; {@code ls} prints an array. */
  private static void event(ParseResult parsed, PrintWriter out, int status, String message) {
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    boolean list = command.commandSpec().userObject() instanceof ListCommand;
    if (command.hasMatchedOption("--json") && !list) {
      new Report(out, true).event(Event.ERROR, Fields.of("status", status).and("message", message));
    }
  }

  /** Names are UTF-8 whatever the locale says, so that what is printed can be given back. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
