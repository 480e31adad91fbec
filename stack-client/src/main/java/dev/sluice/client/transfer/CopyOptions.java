package dev.sluice.client.transfer;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * How files are copied.
 *
 * @param concurrency files in transfer at once in a tree, if both sides can do that; at least 1,
 *     default 16. If it is more than 1, four files of at most 64 KiB count as one
 * @param placement how a file gets its name
 * @param kept what a copy keeps of its source in addition to the content
 * @param verified whether each copy is compared with its source after it is written: by digests
 *     computed where the files are if possible, otherwise by reading the copy back
 * @param retries how often one step of a tree is retried after the session has ended or gone
 *     silent; needs trees that open a new session by themselves
 * @param bandwidth octets a second at most, of all files of a tree together; 0 = no limit
 */
@RecordBuilder
public record CopyOptions(
    int concurrency, Placement placement, Kept kept, boolean verified, int retries, long bandwidth)
    implements CopyOptionsBuilder.With {
  /** Complete files only; times, and modes less a umask of 022. */
  public static final CopyOptions DEFAULT =
      new CopyOptions(
          Transfers.DEFAULT_CONCURRENCY, Placement.ATOMIC, Kept.lessUmask(022), false, 0, 0);

  /** The wait before the first of the {@link #retries}; each further retry doubles it. */
  static final Duration FIRST_WAIT = Duration.ofMillis(200);

  /** The longest wait before one of the {@link #retries}. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  public CopyOptions {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency: " + concurrency);
    }
    if (retries < 0) {
      throw new IllegalArgumentException("retries: " + retries);
    }
    if (bandwidth < 0) {
      throw new IllegalArgumentException("bandwidth: " + bandwidth);
    }
  }

  /** How a file gets its name. */
  public enum Placement {
    /** When it is complete ({@code WriteMode.replace()}). */
    ATOMIC,
    /** When it is complete; in place if the tree refuses what that needs. */
    ATOMIC_ELSE_IN_PLACE,
    /** At once, so readers see it grow ({@code WriteMode.inPlace()}). */
    IN_PLACE
  }
}
