package dev.sluice.client.transfer;

import dev.sluice.api.Checksum;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.RemotePath;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one file.
 *
 * @param path the file in the target
 * @param octets octets of the file that are in place, including those of an earlier attempt
 * @param total octets of the file, or {@link FileAttributes#UNKNOWN}
 * @param outcome the state of the copy
 * @param remark what was done differently from the request; null = nothing
 * @param checksum the digest of the whole file, if it was asked for and the file is complete
 */
public record Progress(
    RemotePath path,
    long octets,
    long total,
    Outcome outcome,
    @Nullable Remark remark,
    @Nullable Checksum checksum) {

  /** Progress without a digest. */
  public Progress(
      RemotePath path, long octets, long total, Outcome outcome, @Nullable Remark remark) {
    this(path, octets, total, outcome, remark, null);
  }

  /** Progress without a remark. */
  public Progress(RemotePath path, long octets, long total, Outcome outcome) {
    this(path, octets, total, outcome, null);
  }

  /** The same progress, of a file under the name that it is to have. */
  Progress of(RemotePath name) {
    return new Progress(name, octets, total, outcome, remark, checksum);
  }

  Progress withChecksum(Checksum digest) {
    return new Progress(path, octets, total, outcome, remark, digest);
  }

  /** The state of the copy of a file. */
  public enum Outcome {
    /** More is to come. */
    RUNNING,
    /** The file is written completely. */
    COMPLETE,
    /** The target already had this file. */
    UNCHANGED,
    /** A symbolic link or a device: not copied. */
    SKIPPED
  }

  /**
   * Something that the caller should know about a file that is complete nevertheless.
   *
   * @param detail the tree's message
   */
  public record Remark(Kind kind, String detail) {

    /** The subject of a remark. */
    public enum Kind {
      /** The tree refused the time or the mode. */
      ATTRIBUTES_NOT_KEPT,
      /** A line of a mirror's journal was cut, so a file was compared again. */
      JOURNAL_TORN,
      /** The tree refused a temporary name or the rename, so the file was written in place. */
      WRITTEN_IN_PLACE
    }
  }
}
