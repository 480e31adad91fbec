package dev.sluice.cli.shell;

import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.connect.Interruptible;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.Interrupted;
import dev.sluice.cli.status.UsageError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import reactor.core.publisher.Mono;

/** Runs lines: the commands of {@code sluice} over one session, and a few of its own. */
public final class Shell {
  private static final long IDLE_NANOS = 1_000_000_000;

  private static final Map<String, String> OWN =
      Map.of(
          "cd", "Changes the directory on the server; without a name, back to the first.",
          "lcd", "Changes the directory on this machine.",
          "pwd", "Prints the directory on the server.",
          "lpwd", "Prints the directory on this machine.",
          "!", "Runs a command of this machine, as !ls.",
          "help", "Lists the commands; help COMMAND shows the options of one.",
          "exit", "Leaves, as bye, quit and Ctrl-D do.");

  private static final Set<String> OF_HERE = Set.of("ls", "tree", "du", "df", "find");
  private static final List<String> LEAVE = List.of("exit", "quit", "bye");

  private final Here here;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Map<String, Supplier<CommandLine>> commands;
  private boolean left;
  private boolean away;
  private long endNanos = System.nanoTime();

  /**
   * A shell that is nowhere yet: {@link #open} logs in.
   *
   * @param url where it begins
   * @param options with which it logs in
   * @param commands by their names; each call gives a fresh one
   */
  public Shell(RemoteUrl url, RemoteOptions options, Map<String, Supplier<CommandLine>> commands) {
    this.here = new Here(url, options);
    this.out = options.out();
    this.err = options.err();
    this.commands = commands;
  }

  /** Logs in; signals why that was impossible. */
  public void open() {
    waitFor(here.open());
  }

  /** Ends the session. */
  public void close() {
    waitFor(here.session().flatMap(session -> session.close()).onErrorComplete());
  }

  Here here() {
    return here;
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  /** Whether a line has ended the shell. */
  boolean hasLeft() {
    return left;
  }

  /** All names that a line may begin with. */
  SortedMap<String, String> names() {
    SortedMap<String, String> all = new TreeMap<>(OWN);
    commands.forEach(
        (name, made) ->
            all.put(
                name, String.join(" ", made.get().getCommandSpec().usageMessage().description())));
    return all;
  }

  /** The command of that name; null where there is none. */
  @Nullable CommandLine command(String name) {
    Supplier<CommandLine> made = commands.get(name);
    return made == null ? null : made.get();
  }

  /** Runs a line, and answers the {@linkplain ExitStatus status} of its command. */
  public int run(String text) {
    try {
      String line = text.strip();
      return line.startsWith("!") ? outside(line.substring(1)) : run(Line.parse(line));
    } catch (RuntimeException e) {
      err.println("sluice: " + ExitStatus.explain(e));
      return ExitStatus.of(e);
    } finally {
      endNanos = System.nanoTime();
      out.flush();
      err.flush();
    }
  }

  private int run(Line line) {
    if (line.words().isEmpty()) {
      return ExitStatus.DONE;
    }
    wake();
    String name = line.words().get(0);
    List<String> words = line.words().subList(1, line.words().size());
    CommandLine command = command(name);
    if (command == null) {
      own(name, words);
      return ExitStatus.DONE;
    }
    here.literal(line.literal());
    for (Object mixin : command.getMixins().values()) {
      if (mixin instanceof RemoteOptions remote) {
        remote.within(here);
      }
    }
    return command.execute(words(name, words).toArray(String[]::new));
  }

  /** Some commands are about this directory where no other is named. */
  private List<String> words(String name, List<String> words) {
    CommandLine trial = command(name);
    if (trial == null || !OF_HERE.contains(name)) {
      return words;
    }
    try {
      trial.parseArgs(words.toArray(String[]::new));
      return words;
    } catch (MissingParameterException e) {
      List<String> all = new ArrayList<>(words);
      all.add(".");
      return all;
    } catch (ParameterException e) {
      return words; // the command says what is wrong
    }
  }

  /** A server may have hung up unseen meanwhile: a command is not the one to find out. */
  private void wake() {
    if (System.nanoTime() - endNanos > IDLE_NANOS || away) {
      away = false;
      waitFor(
          here.session()
              .flatMap(session -> session.stat(RemotePath.root()))
              .onErrorComplete(FileFailure.class)
              .retry(1));
    }
  }

  private void own(String name, List<String> words) {
    if (words.size() > 1) {
      throw new UsageError(name + " takes one word at most; put a name with spaces in quotes");
    }
    String word = words.isEmpty() ? null : words.get(0);
    switch (name) {
      case "cd" -> waitFor((word == null ? here.first() : here.path(word)).flatMap(here::enter));
      case "lcd" -> here.enterLocal(word == null ? System.getProperty("user.home") : word);
      case "pwd" -> out.println(RawName.escape(here.directory().toString()));
      case "lpwd" -> out.println(RawName.escape(here.localDirectory().toString()));
      case "help", "?" -> help(word);
      default -> {
        if (!LEAVE.contains(name)) {
          throw new UsageError("there is no command " + RawName.escape(name) + "; see: help");
        }
        left = true;
      }
    }
  }

  private void help(@Nullable String name) {
    if (name != null) {
      CommandLine command = command(name);
      if (command != null) {
        command.usage(out);
      } else if (OWN.containsKey(name)) {
        out.println(name + "  " + OWN.get(name));
      } else {
        throw new UsageError("there is no command " + RawName.escape(name) + "; see: help");
      }
      return;
    }
    names().forEach((each, what) -> out.printf("%-8s  %s%n", each, what));
    out.println();
    out.println("Plain names lie on the server; file:NAME is on this machine.");
  }

  /** A command of this machine, which has the terminal meanwhile. */
  private int outside(String command) {
    out.flush();
    away = true;
    try {
      Process process =
          new ProcessBuilder("sh", "-c", command)
              .directory(here.localDirectory().toFile())
              .inheritIO()
              .start();
      return waitFor(process);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run sh: " + e.getMessage(), e);
    }
  }

  /** Ctrl-C reaches the command itself; one that takes no notice is ended. */
  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      try {
        if (!process.waitFor(2, TimeUnit.SECONDS)) {
          process.destroy();
        }
      } catch (InterruptedException again) {
        process.destroyForcibly();
      }
      throw new Interrupted();
    }
  }

  private static void waitFor(Mono<?> work) {
    Interruptible.run(Mono.just(work), all -> all, all -> Mono.empty(), all -> Mono.empty());
  }
}
