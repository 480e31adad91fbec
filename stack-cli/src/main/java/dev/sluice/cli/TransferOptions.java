package dev.sluice.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The options of commands that move files. */
final class TransferOptions {
  @Option(
      names = "--resume",
      description =
          "Keeps what arrived as NAME.part when the transfer is cut, and continues from there.")
  private boolean resume;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress bar.")
  private boolean quiet;

  @Option(
      names = {"-r", "--recursive"},
      description = "A directory with all that is below it.")
  private boolean recursive;

  boolean resume() {
    return resume;
  }

  boolean recursive() {
    return recursive;
  }

  /** Draws on {@code err} when that is a terminal. */
  ProgressBar bar(PrintWriter err) {
    boolean shown = !quiet && Terminal.isTerminal(Terminal.ERROR);
    return new ProgressBar(shown ? err : null, Terminal.columns(), System::nanoTime);
  }
}
