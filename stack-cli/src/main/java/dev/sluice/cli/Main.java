package dev.sluice.cli;

import dev.sluice.cli.command.BookmarkCommand;
import dev.sluice.cli.command.CatCommand;
import dev.sluice.cli.command.CleanCommand;
import dev.sluice.cli.command.CompletionCommand;
import dev.sluice.cli.command.CopyCommand;
import dev.sluice.cli.command.DemoCommand;
import dev.sluice.cli.command.DiskFreeCommand;
import dev.sluice.cli.command.DiskUsageCommand;
import dev.sluice.cli.command.Faults;
import dev.sluice.cli.command.FindCommand;
import dev.sluice.cli.command.GetCommand;
import dev.sluice.cli.command.HeadCommand;
import dev.sluice.cli.command.InstallExtrasCommand;
import dev.sluice.cli.command.KeygenCommand;
import dev.sluice.cli.command.ListCommand;
import dev.sluice.cli.command.MakeDirectoryCommand;
import dev.sluice.cli.command.ManCommand;
import dev.sluice.cli.command.MoveCommand;
import dev.sluice.cli.command.PingCommand;
import dev.sluice.cli.command.PutCommand;
import dev.sluice.cli.command.RemoveCommand;
import dev.sluice.cli.command.ServeCommand;
import dev.sluice.cli.command.ShellCommand;
import dev.sluice.cli.command.StatCommand;
import dev.sluice.cli.command.SumCommand;
import dev.sluice.cli.command.SyncCommand;
import dev.sluice.cli.command.TreeCommand;
import dev.sluice.cli.command.UserCommand;
import dev.sluice.cli.command.VerifyCommand;
import dev.sluice.cli.command.WatchCommand;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.tls.AesGcmProvider;
import dev.sluice.transport.EventLoops;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code sluice} command. */
@Command(
    name = "sluice",
    description = "Moves and serves files over FTP, FTPS and SFTP.",
    mixinStandardHelpOptions = true,
    version = Main.NAME_AND_VERSION,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 done, 1 failed, 2 wrong usage, 3 cannot connect, 4 login refused,",
      "5 not found or not permitted, 6 part of a listing was not understood, 7 cut on the way or",
      "busy: the same again may succeed, 130 ended by Ctrl-C, 141 the reader of the output has gone."
    })
public final class Main {
  static final String NAME_AND_VERSION = "sluice 0.1.0";

  /**
   * The commands by their names, in the order of the help. A command is read when it runs: reading
   * the options of all takes longer than most of them work.
   */
  private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("serve", ServeCommand.class);
    COMMANDS.put("user", UserCommand.class);
    COMMANDS.put("demo", DemoCommand.class);
    COMMANDS.put("ls", ListCommand.class);
    COMMANDS.put("tree", TreeCommand.class);
    COMMANDS.put("stat", StatCommand.class);
    COMMANDS.put("cat", CatCommand.class);
    COMMANDS.put("head", HeadCommand.class);
    COMMANDS.put("du", DiskUsageCommand.class);
    COMMANDS.put("df", DiskFreeCommand.class);
    COMMANDS.put("sum", SumCommand.class);
    COMMANDS.put("find", FindCommand.class);
    COMMANDS.put("get", GetCommand.class);
    COMMANDS.put("put", PutCommand.class);
    COMMANDS.put("cp", CopyCommand.class);
    COMMANDS.put("sync", SyncCommand.class);
    COMMANDS.put("verify", VerifyCommand.class);
    COMMANDS.put("watch", WatchCommand.class);
    COMMANDS.put("rm", RemoveCommand.class);
    COMMANDS.put("mkdir", MakeDirectoryCommand.class);
    COMMANDS.put("mv", MoveCommand.class);
    COMMANDS.put("clean", CleanCommand.class);
    COMMANDS.put("shell", ShellCommand.class);
    COMMANDS.put("bookmark", BookmarkCommand.class);
    COMMANDS.put("keygen", KeygenCommand.class);
    COMMANDS.put("ping", PingCommand.class);
    COMMANDS.put("completion", CompletionCommand.class);
    COMMANDS.put("man", ManCommand.class);
    COMMANDS.put("install-extras", InstallExtrasCommand.class);
  }

  /** These show the others. */
  private static final Set<Class<?>> OF_ALL =
      Set.of(CompletionCommand.class, InstallExtrasCommand.class, ManCommand.class);

  private static final Set<String> VERSION = Set.of("--version", "-V");

  private Main() {}

  /** Runs one command and ends the process with its {@linkplain ExitStatus status}. */
  public static void main(String[] args) {
    int status = run(args);
    EventLoops.end().block();
    System.exit(status);
  }

  /** Runs one command on the standard streams and answers its {@linkplain ExitStatus status}. */
  public static int run(String... args) {
    PrintWriter out = writer(FileDescriptor.out);
    if (args.length == 1 && VERSION.contains(args[0])) {
      out.println(NAME_AND_VERSION);
      out.flush();
      return ExitStatus.DONE;
    }
    AesGcmProvider.install();
    return commandLine(needed(args), out, writer(FileDescriptor.err)).execute(args);
  }

  /** With all commands. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return commandLine(COMMANDS.values(), out, err);
  }

  /** The command that is named first; all of them where that is none. */
  static Collection<Class<?>> needed(String... args) {
    String first = args.length == 0 ? "" : args[0];
    Class<?> named = COMMANDS.get(first);
    boolean all = named == null || OF_ALL.contains(named);
    return all ? COMMANDS.values() : List.of(named);
  }

  private static CommandLine commandLine(
      Collection<Class<?>> commands, PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new Main());
    commands.forEach(line::addSubcommand);
    return Faults.reported(line.setOut(out).setErr(err));
  }

  /** Names are UTF-8 whatever the locale says, so that what is printed can be given back. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
