package dev.sluice.client.transfer;

import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.client.transfer.CopyOptions.Placement;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a file is downloaded. Start from {@link #replace}.
 *
 * @param copy how the file gets its name, what it keeps of its source, and whether it is compared
 * @param resumed whether the copy goes on after what an earlier attempt has left in the target; it
 *     is then written in place
 * @param digest of the whole file, in the last record of progress; null = none
 */
@RecordBuilder
public record Download(CopyOptions copy, boolean resumed, @Nullable ChecksumAlgorithm digest)
    implements DownloadBuilder.With {

  /** Takes its name when it is complete, and replaces what has that name. */
  public static Download replace() {
    return new Download(CopyOptions.DEFAULT, false, null);
  }

  /** Goes on after what an earlier attempt has left. */
  public Download resumable() {
    return withResumed(true);
  }

  /** Reports this digest of the whole file at the end. */
  public Download checksum(ChecksumAlgorithm algorithm) {
    return withDigest(algorithm);
  }

  /** Has its name at once, so that readers see it grow. */
  public Download inPlace() {
    return copying(options -> options.withPlacement(Placement.IN_PLACE));
  }

  /** Changes how the file is copied. */
  public Download copying(UnaryOperator<CopyOptions> change) {
    return withCopy(change.apply(copy));
  }
}
