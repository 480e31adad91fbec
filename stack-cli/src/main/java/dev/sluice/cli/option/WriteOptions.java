package dev.sluice.cli.option;

import dev.sluice.client.transfer.CopyOptions;
import dev.sluice.client.transfer.CopyOptions.Placement;
import dev.sluice.client.transfer.Kept;
import picocli.CommandLine.Option;

/** How each file of a tree is written. */
public final class WriteOptions {
  @Option(
      names = {"-p", "--preserve"},
      description = "Keeps permissions exactly, and also the permissions and times of directories.")
  private boolean preserve;

  @Option(
      names = "--in-place",
      description = "Writes files under their final names from the start.")
  private boolean inPlace;

  @Option(names = "--verify", description = "Compares each file with its source after its copy.")
  private boolean verify;

  public CopyOptions apply(CopyOptions usual) {
    return usual
        .withPlacement(inPlace ? Placement.IN_PLACE : Placement.ATOMIC_ELSE_IN_PLACE)
        .withKept(preserve ? Kept.exact() : Kept.lessUmask(Umask.ofProcess()))
        .withVerified(verify);
  }
}
