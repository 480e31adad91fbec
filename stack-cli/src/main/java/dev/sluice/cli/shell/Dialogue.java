package dev.sluice.cli.shell;

import dev.sluice.api.RawName;
import dev.sluice.cli.status.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;

/** Runs lines that a person types, with history and completion. */
public final class Dialogue {
  private static final int LINES_KEPT = 1000;

  private final Shell shell;

  public Dialogue(Shell shell) {
    this.shell = shell;
  }

  /** Where lines are kept for the next time: in the directory of XDG for the state of programs. */
  public static Path history() {
    return PrivateHistory.file(
        System.getenv("XDG_STATE_HOME"), Path.of(System.getProperty("user.home")));
  }

  /**
   * Until the person leaves.
   *
   * @param history where lines are kept for the next time
   */
  public int run(Path history) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .appName("sluice")
              .completer(new Names(shell))
              .history(new PrivateHistory())
              .variable(LineReader.HISTORY_FILE, PrivateHistory.prepared(history, shell.err()))
              .variable(LineReader.HISTORY_SIZE, LINES_KEPT)
              .variable(LineReader.HISTORY_FILE_SIZE, LINES_KEPT)
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
              .build();
      while (!shell.hasLeft()) {
        try {
          run(terminal, reader.readLine(prompt()));
        } catch (UserInterruptException e) {
          // Ctrl-C takes back what was typed.
        } catch (EndOfFileException e) {
          break;
        }
      }
    }
    return ExitStatus.DONE;
  }

  private String prompt() {
    Here here = shell.here();
    return RawName.escape(here.name() + ":" + here.directory()) + "> ";
  }

  /** Ctrl-C ends the command, not the shell. */
  private void run(Terminal terminal, String line) {
    Thread working = Thread.currentThread();
    SignalHandler before = terminal.handle(Signal.INT, signal -> working.interrupt());
    try {
      shell.run(line);
    } finally {
      terminal.handle(Signal.INT, before);
      boolean late = Thread.interrupted();
      assert late || !late : "a Ctrl-C that came after the command ends nothing";
    }
  }
}
