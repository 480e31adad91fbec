package dev.sluice.client.transfer;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.RemotePath;
import org.jspecify.annotations.Nullable;

/**
 * How far the transfer of one file is.
 *
 * @param path the file, where it goes to
 * @param octets octets of the file that are in place, those of an earlier attempt included
 * @param total octets of the file, or {@link FileAttributes#UNKNOWN}
 * @param outcome what has become of it
 * @param remark what was done differently from what was asked; null = nothing
 */
public record Progress(
    RemotePath path, long octets, long total, Outcome outcome, @Nullable Remark remark) {

  /** Progress without a remark. */
  public Progress(RemotePath path, long octets, long total, Outcome outcome) {
    this(path, octets, total, outcome, null);
  }

  /** What has become of a file. */
  public enum Outcome {
    /** More is to come. */
    RUNNING,
    /** All of it is written. */
    COMPLETE,
    /** It was there already. */
    UNCHANGED,
    /** A symbolic link or a device: not copied. */
    SKIPPED
  }

  /**
   * Something that the caller should know of a file that is complete all the same.
   *
   * @param detail what the tree said
   */
  public record Remark(Kind kind, String detail) {

    /** What a remark is about. */
    public enum Kind {
      /** The tree refused the time or the mode. */
      ATTRIBUTES_NOT_KEPT,
      /** The tree refused a temporary name or the rename, so the file was written in place. */
      WRITTEN_IN_PLACE
    }
  }
}
