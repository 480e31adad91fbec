package dev.sluice.client.transfer;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.Progress.Remark;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a mirror. A path is that in the target, also for what is not there, but for
 * {@link Removed}. The last event is always a {@link Summary}.
 */
public sealed interface TransferEvent {

  /**
   * The copy of a file begins.
   *
   * @param total octets of the file, or {@link FileAttributes#UNKNOWN}
   * @param reason why it is copied
   */
  record FileStarted(RemotePath path, long total, Reason reason) implements TransferEvent {}

  /**
   * A file is being copied. A slow subscriber sees only the latest of these. A retry may begin with
   * fewer octets.
   *
   * @param octets octets of the file that are in place
   * @param total octets of the file, or {@link FileAttributes#UNKNOWN}
   */
  record FileProgress(RemotePath path, long octets, long total) implements TransferEvent {}

  /**
   * A file is copied.
   *
   * @param octets that were moved, without those that an earlier attempt had left
   * @param reason why it was copied
   * @param remark what was done differently from the request; null = nothing
   * @param verification whether it was compared with its source
   * @param took from the start of its copy, retries and verification included
   */
  record FileDone(
      RemotePath path,
      long octets,
      Reason reason,
      @Nullable Remark remark,
      Verified verification,
      Duration took)
      implements TransferEvent {}

  /**
   * A directory was looked into. Comes before the events of what it holds, and only if there is
   * something to compare or to copy.
   *
   * @param files files and links that take part
   * @param octets of these files, as far as their sizes are known
   */
  record Found(RemotePath path, long files, long octets) implements TransferEvent {}

  /**
   * The target has this file or link already.
   *
   * @param octets of the file; 0 for a link, or {@link FileAttributes#UNKNOWN}
   */
  record Same(RemotePath path, long octets) implements TransferEvent {}

  /** An entry takes no part; what is below it does not either. */
  record LeftOut(RemotePath path, Why why) implements TransferEvent {}

  /** A directory was made. */
  record DirectoryMade(RemotePath path) implements TransferEvent {}

  /**
   * A symbolic link was made.
   *
   * @param text where it points, as stored in it
   */
  record LinkMade(RemotePath path, String text) implements TransferEvent {}

  /** An entry of the target was deleted. */
  record Deleted(RemotePath path) implements TransferEvent {}

  /**
   * A file, a link or a directory of the source was deleted, since the target verifiably has it.
   */
  record Removed(RemotePath path) implements TransferEvent {}

  /** A directory is complete, but not quite as requested. */
  record Remarked(RemotePath path, Remark remark) implements TransferEvent {}

  /** A file, a directory or a listing failed; everything else goes on. */
  record Failed(RemotePath path, Throwable cause) implements TransferEvent {}

  /**
   * What was done, at the end.
   *
   * @param moved files and links
   * @param same files and links that the target had already
   * @param leftOut entries, by reason
   * @param deleted entries
   * @param failed files, directories and listings
   * @param octets of {@link FileDone}
   * @param took from the subscription on
   */
  record Summary(
      long moved,
      long same,
      Map<Why, Long> leftOut,
      long deleted,
      long failed,
      long octets,
      Duration took)
      implements TransferEvent {
    public Summary {
      leftOut = Map.copyOf(leftOut);
    }

    /** Whether nothing failed. */
    public boolean isComplete() {
      return failed == 0;
    }
  }

  /** Why a file is copied. */
  enum Reason {
    /** The target does not have it. */
    NEW,
    /** The source was changed after the target, or the target's time is unknown. */
    NEWER,
    /** The sizes differ, or one is unknown. */
    SIZE,
    /** The digests differ. */
    CHECKSUM,
    /** {@link Mirror.Comparison#NOTHING}, or something of another kind had its name. */
    FORCED
  }

  /** Whether a copy was compared with its source. A copy that differs is {@link Failed}. */
  enum Verified {
    /** Nobody asked for it. */
    NOT_ASKED,
    /** It has the same octets. */
    VERIFIED,
    /** The target neither computes a digest nor lets the file be read. */
    UNSUPPORTED
  }

  /** Why an entry takes no part. */
  enum Why {
    /** A filter excludes it. */
    FILTER,
    /** It is a link, and links are skipped, or it leads nowhere or in a circle. */
    LINK,
    /** It is neither a file nor a directory nor a link. */
    DEVICE,
    /** It is a directory that lies too deep. */
    DEPTH,
    /** The listing has its name twice: the second entry. */
    NAME,
    /** It would have been deleted, but something in its directory has failed. */
    KEPT
  }
}
