package dev.sluice.cli.copy;

import dev.sluice.cli.option.PaceOptions;
import dev.sluice.cli.option.Umask;
import dev.sluice.cli.status.UsageError;
import dev.sluice.client.transfer.CopyOptions;
import dev.sluice.client.transfer.CopyOptions.Placement;
import dev.sluice.client.transfer.Kept;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that move files. */
public final class TransferOptions {
  /** How often a file, or a step of a tree, is begun again after the session has ended. */
  public static final int RETRIES = 5;

  @Option(
      names = "--resume",
      description =
          "Keeps a partial file as NAME.part if the transfer is cut, and continues from there.")
  private boolean resume;

  @Option(
      names = "--in-place",
      description =
          "Writes under the final name from the start, for servers that refuse a temporary name or"
              + " a rename; a transfer that is cut leaves a partial file.")
  private boolean inPlace;

  @Option(
      names = {"-p", "--preserve"},
      description = "Keeps permissions exactly, and also the permissions and times of directories.")
  private boolean preserve;

  @Option(
      names = "--verify",
      description =
          "Compares each file with its source after it is written: by checksums of the server if it"
              + " has them, otherwise by reading it back.")
  private boolean verify;

  @Option(
      names = {"-q", "--quiet"},
      description = "Shows no progress.")
  private boolean quiet;

  @Option(
      names = {"-r", "--recursive"},
      description = "Copies a directory and everything below it.")
  private boolean recursive;

  @Option(
      names = "--then-remove",
      description = "Removes each source file after its copy is complete.")
  private boolean thenRemove;

  @Option(
      names = "--then-move",
      paramLabel = "DIR",
      description =
          "Moves each source file into DIR on its own side after its copy is complete; DIR is seen"
              + " from the directory of the file and is made if it is missing.")
  private @Nullable String thenMove;

  @Mixin private PaceOptions pace = new PaceOptions();

  PaceOptions pace() {
    return pace;
  }

  boolean resume() {
    return resume;
  }

  boolean inPlace() {
    return inPlace;
  }

  boolean recursive() {
    return recursive;
  }

  AfterCopy afterwards() {
    return new AfterCopy(thenRemove, thenMove);
  }

  /** What the options mean for a copy; the modes of files are kept less the umask of the user. */
  CopyOptions copyOptions() {
    if (resume && inPlace) {
      throw new UsageError("choose one of --resume and --in-place");
    }
    if (pace.chosen() && !recursive) {
      throw new UsageError("-j is for directories; copy one with -r");
    }
    return pace.apply(CopyOptions.DEFAULT)
        .withPlacement(inPlace ? Placement.IN_PLACE : Placement.ATOMIC_ELSE_IN_PLACE)
        .withKept(preserve ? Kept.exact() : Kept.lessUmask(Umask.ofProcess()))
        .withVerified(verify)
        .withRetries(recursive ? RETRIES : 0);
  }

  /** Whether a person wants to see no progress. */
  boolean quiet() {
    return quiet;
  }
}
