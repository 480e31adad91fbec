package dev.sluice.cli.option;

import dev.sluice.cli.status.UsageError;
import dev.sluice.client.transfer.Mirror;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of a tree moves at once, how fast, and how often it is tried. */
public final class PaceOptions {
  private static final int MOST_AT_ONCE = 64;
  private static final int MOST_RETRIES = 100;
  private static final int MOST_SEGMENTS = 16;
  private static final int USUAL = 16;

  @Option(
      names = {"-j", "--parallel"},
      paramLabel = "N",
      description =
          "Copies so many files at once. Over FTP each needs a session of its own (default: 16, over"
              + " FTP 1).")
  private @Nullable Integer parallel;

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
      names = "--limit",
      paramLabel = "SIZE",
      converter = OctetCount.class,
      description = "Moves no more octets a second, such as 500k or 10m.")
  private @Nullable Long limit;

  @Option(
      names = "--retry",
      paramLabel = "N",
      defaultValue = "5",
      description = "Tries each step so often again after the session has ended (default: 5).")
  private int retries;

  /** Sessions to open with a server that moves one file at a time in each. */
  public int sessions() {
    return parallel == null ? 1 : parallel;
  }

  public Mirror apply(Mirror mirror) {
    int files = parallel == null ? USUAL : parallel;
    if (files < 1 || files > MOST_AT_ONCE) {
      throw new UsageError("-j takes 1 to " + MOST_AT_ONCE);
    }
    if (segments < 1 || segments > MOST_SEGMENTS) {
      throw new UsageError("--segments takes 1 to " + MOST_SEGMENTS);
    }
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new UsageError("--retry takes 0 to " + MOST_RETRIES);
    }
    Long most = limit;
    Mirror paced = mirror.parallel(files).retries(retries).segments(segments);
    Path notes = journal;
    paced = notes == null ? paced : paced.journal(notes);
    return most == null ? paced : paced.bandwidth(most);
  }
}
