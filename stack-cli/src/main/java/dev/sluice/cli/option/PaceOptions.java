package dev.sluice.cli.option;

import dev.sluice.cli.status.UsageError;
import dev.sluice.client.transfer.CopyOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many files move at once, and how fast. */
public final class PaceOptions {
  private static final int MOST_AT_ONCE = 64;
  private static final int USUAL = 16;
  private static final int USUAL_SESSIONS = 4;

  @Option(
      names = {"-j", "--parallel"},
      paramLabel = "N",
      description =
          "Copies so many files of a tree at once. Over FTP each needs a session of its own; fewer"
              + " are used if the server accepts no more (default: 16, over FTP 4).")
  private @Nullable Integer parallel;

  @Option(
      names = "--limit",
      paramLabel = "SIZE",
      converter = OctetCount.class,
      description = "Moves no more octets a second, such as 500k or 10m.")
  private @Nullable Long limit;

  /** Sessions to open with a server that moves one file at a time in each. */
  public int sessions() {
    return parallel == null ? USUAL_SESSIONS : parallel;
  }

  /** Whether somebody has asked for that number of sessions. */
  public boolean chosen() {
    return parallel != null;
  }

  public CopyOptions apply(CopyOptions copy) {
    int files = parallel == null ? USUAL : parallel;
    if (files < 1 || files > MOST_AT_ONCE) {
      throw new UsageError("-j takes 1 to " + MOST_AT_ONCE);
    }
    Long most = limit;
    CopyOptions paced = copy.withConcurrency(files);
    return most == null ? paced : paced.withBandwidth(most);
  }
}
