package dev.sluice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.place.LocalStreams;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.shell.Dialogue;
import dev.sluice.cli.shell.Script;
import dev.sluice.cli.shell.Shell;
import dev.sluice.cli.status.PlainWords;
import dev.sluice.cli.status.UsageError;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice shell}: many commands over one session. */
@Command(
    name = "shell",
    description =
        "Runs many commands over one session: from the terminal with history and completion, or"
            + " from a script.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  sluice shell sftp://ann@host/in", "  sluice shell -e -f script ftpes://ann@host"})
public final class ShellCommand implements Callable<Integer> {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description =
          "Runs the lines of a file, - for standard input. Without a terminal standard input is the"
              + " default.")
  private @Nullable String file;

  @Option(
      names = {"-e", "--errexit"},
      description = "Stops a script at the first command that fails.")
  private boolean untilError;

  @Parameters(paramLabel = "PLACE", description = "The URL or bookmark to begin at.")
  private String place = "";

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    if (!(remote.word(place) instanceof Word.Remote word) || word.pattern()) {
      throw new UsageError(place + " is no URL and no bookmark; a shell begins at one");
    }
    boolean person = file == null && Terminal.isTerminal(Terminal.INPUT);
    try (Reader lines = person ? Reader.nullReader() : script()) {
      Shell shell = new Shell(word.url(), remote, commands());
      shell.open();
      try {
        return person
            ? new Dialogue(shell).run(Dialogue.history())
            : new Script(shell, untilError).run(lines);
      } finally {
        shell.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
    }
  }

  private Reader script() {
    String named = file;
    if (named == null || named.equals(LocalStreams.STANDARD)) {
      return new InputStreamReader(LocalStreams.read(LocalStreams.STANDARD), UTF_8);
    }
    try {
      return Files.newBufferedReader(Path.of(named), UTF_8);
    } catch (IOException e) {
      throw new UsageError("cannot read the script: " + PlainWords.of(e));
    }
  }

  /** What makes sense over a session. */
  private Map<String, Supplier<CommandLine>> commands() {
    Map<String, Supplier<Callable<Integer>>> all = new LinkedHashMap<>();
    all.put("ls", ListCommand::new);
    all.put("tree", TreeCommand::new);
    all.put("stat", StatCommand::new);
    all.put("cat", CatCommand::new);
    all.put("head", HeadCommand::new);
    all.put("du", DiskUsageCommand::new);
    all.put("df", DiskFreeCommand::new);
    all.put("sum", SumCommand::new);
    all.put("find", FindCommand::new);
    all.put("get", GetCommand::new);
    all.put("put", PutCommand::new);
    all.put("cp", CopyCommand::new);
    all.put("sync", SyncCommand::new);
    all.put("verify", VerifyCommand::new);
    all.put("rm", RemoveCommand::new);
    all.put("mkdir", MakeDirectoryCommand::new);
    all.put("mv", MoveCommand::new);
    all.put("clean", CleanCommand::new);
    Map<String, Supplier<CommandLine>> lines = new LinkedHashMap<>();
    all.forEach(
        (name, made) ->
            lines.put(
                name,
                () ->
                    Faults.reported(
                        new CommandLine(made.get()).setOut(remote.out()).setErr(remote.err()))));
    return lines;
  }
}
