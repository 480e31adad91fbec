package dev.sluice.cli;

import dev.sluice.client.transfer.Mirror;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of a tree moves at once, how fast, and how often it is tried. */
final class PaceOptions {
  private static final int MOST_AT_ONCE = 64;
  private static final int MOST_RETRIES = 100;

  @Option(
      names = {"-j", "--parallel"},
      paramLabel = "N",
      defaultValue = "16",
      description =
          "Copies so many files at once where both sides can do that in one session; FTP cannot"
              + " (default: 16).")
  private int parallel;

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

  Mirror apply(Mirror mirror) {
    if (parallel < 1 || parallel > MOST_AT_ONCE) {
      throw new UsageError("-j takes 1 to " + MOST_AT_ONCE);
    }
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new UsageError("--retry takes 0 to " + MOST_RETRIES);
    }
    Long most = limit;
    Mirror paced = mirror.parallel(parallel).retries(retries);
    return most == null ? paced : paced.bandwidth(most);
  }
}
