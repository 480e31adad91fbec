package dev.sluice.cli.option;

import dev.sluice.cli.status.UsageError;
import dev.sluice.client.transfer.Deletion;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.Mirror.Comparison;
import dev.sluice.client.transfer.Scope.Links;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How one tree is made like another. */
public final class SyncOptions {
  @Option(names = "--delete", description = "Removes from TARGET what SOURCE does not have.")
  private boolean delete;

  @Option(
      names = "--delete-limit",
      paramLabel = "N",
      description = "As --delete, but removes no more than N entries.")
  private @Nullable Long deleteLimit;

  @Option(names = "--checksum", description = "Compares files by SHA-256 instead of size and time.")
  private boolean checksum;

  @Option(
      names = "--links",
      paramLabel = "HOW",
      defaultValue = "skip",
      description = "Symbolic links of the source: skip, copy or follow (default: skip).")
  private Links links = Links.SKIP;

  @Option(
      names = {"-q", "--quiet"},
      description = "Shows no progress.")
  private boolean quiet;

  @Mixin private WriteOptions write = new WriteOptions();
  @Mixin private PaceOptions pace = new PaceOptions();
  @Mixin private StepOptions steps = new StepOptions();
  @Mixin private FilterOptions filter = new FilterOptions();

  /** Whether a person wants to see no progress. */
  public boolean quiet() {
    return quiet;
  }

  public PaceOptions pace() {
    return pace;
  }

  /** What the options say; {@link UsageError} where that is impossible. */
  public Mirror mirror() {
    Long most = deleteLimit;
    if (most != null && most < 0) {
      throw new UsageError("--delete-limit takes a number of entries, 0 at least");
    }
    Mirror how =
        steps
            .apply(Mirror.oneWay())
            .copying(copy -> write.apply(pace.apply(copy)))
            .filter(filter.filter())
            .links(links);
    how = checksum ? how.comparing(Comparison.CHECKSUM) : how;
    if (most != null) {
      return how.delete(Deletion.after().atMost(most));
    }
    return delete ? how.delete() : how;
  }
}
