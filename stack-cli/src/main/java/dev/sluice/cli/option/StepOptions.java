package dev.sluice.cli.option;

import dev.sluice.cli.status.UsageError;
import dev.sluice.client.transfer.Mirror;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How often the steps of a tree are tried, what is remembered of them, and how large they are. */
public final class StepOptions {
  private static final int MOST_RETRIES = 100;
  private static final int MOST_SEGMENTS = 16;

  @Option(
      names = "--segments",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Moves each large file in so many segments at once, where both sides can write at any"
              + " place (default: 1).")
  private int segments;

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description =
          "Notes in FILE what is done, so that the same command goes on after it was killed, also"
              + " within a large file.")
  private @Nullable Path journal;

  @Option(
      names = "--retry",
      paramLabel = "N",
      defaultValue = "5",
      description = "Tries each step so often again after the session has ended (default: 5).")
  private int retries;

  public Mirror apply(Mirror mirror) {
    if (segments < 1 || segments > MOST_SEGMENTS) {
      throw new UsageError("--segments takes 1 to " + MOST_SEGMENTS);
    }
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new UsageError("--retry takes 0 to " + MOST_RETRIES);
    }
    Path notes = journal;
    Mirror stepped = mirror.retries(retries).segments(segments);
    return notes == null ? stepped : stepped.journal(notes);
  }
}
